import type { CSSProperties, ReactNode } from "react";
import { useWorld } from "../world.tsx";
import { CardButton, Overflow } from "./CardButton.tsx";
import { Field } from "./Field.tsx";
import { CardForm } from "./form.tsx";
import { Markdown } from "./Markdown.tsx";
import { useCardHand } from "./press.ts";
import { isThing, str, type Thing, things, wordsOf } from "../thing.ts";

/** Components one below the other; `path` names their list within the card. */
export function Elements({ list, path }: { list: unknown; path: string }) {
  if (!Array.isArray(list)) return null;
  return list.map((item: unknown, at) =>
    isThing(item) ? <Element key={at} item={item} path={`${path}.${at}`} /> : null,
  );
}

interface Of {
  item: Thing;
  path: string;
}

const FIELDS =
  /^(input|select_static|multi_select_static|select_person|multi_select_person|date_picker|picker_time|picker_datetime|checker|select_img)$/;

function Element({ item, path }: Of): ReactNode {
  const tag = str(item.tag);
  if (FIELDS.test(tag)) return <Field item={item} path={path} />;
  return DRAW[tag]?.({ item, path }) ?? <div className="dim">[{tag}]</div>;
}

const inner = ({ item, path }: Of) => <Elements list={item.elements} path={`${path}.elements`} />;

const DRAW: Record<string, (of: Of) => ReactNode> = {
  hr: () => <hr className="card-hr" />,
  markdown: ({ item }) => <Marked text={item} />,
  plain_text: ({ item }) => <Marked text={item} />,
  lark_md: ({ item }) => <Marked text={item} />,
  div: (of) => <Div {...of} />,
  note: (of) => <div className="card-note">{inner(of)}</div>,
  action: ({ item, path }) => (
    <div className="card-actions">
      <Elements list={item.actions} path={`${path}.actions`} />
    </div>
  ),
  column_set: (of) => <Columns {...of} />,
  column: inner,
  form: ({ item, path }) => <CardForm elements={item.elements}>{inner({ item, path })}</CardForm>,
  interactive_container: (of) => <Container {...of} />,
  collapsible_panel: ({ item, path }) => (
    <details className="card-panel" open={item.expanded === true}>
      <summary>{isThing(item.header) && <Marked text={item.header.title} />}</summary>
      {inner({ item, path })}
    </details>
  ),
  button: (of) => <CardButton {...of} />,
  overflow: (of) => <Overflow {...of} />,
  img: ({ item }) => <Picture item={item} />,
  img_combination: ({ item }) => (
    <div className="card-actions">
      {things(item.img_list).map((one, at) => (
        <Picture key={at} item={one} />
      ))}
    </div>
  ),
  person: ({ item }) => <People ids={[str(item.user_id)]} />,
  person_list: ({ item }) => <People ids={things(item.persons).map((one) => str(one.id))} />,
  table: (of) => <Table {...of} />,
};

/** A text element: plain words, or markdown. */
function Marked({ text }: { text: unknown }) {
  const { language } = useWorld();
  const { imageOf } = useCardHand();
  const words = wordsOf(text, language);
  const of = isThing(text) ? text : {};
  const size = str(of.text_size);
  if (of.tag === "plain_text")
    return <div className={size === "notation" ? "notation" : "card-plain"}>{words}</div>;
  return <Markdown text={words} size={size} align={str(of.text_align)} imageOf={imageOf} />;
}

function Div({ item, path }: Of) {
  return (
    <div className={isThing(item.extra) ? "card-div with-extra" : "card-div"}>
      <div>
        {item.text !== undefined && <Marked text={item.text} />}
        {Array.isArray(item.fields) && (
          <div className="card-fields">
            {things(item.fields).map((field, at) => (
              <div key={at} className={field.is_short === true ? "short" : ""}>
                <Marked text={field.text} />
              </div>
            ))}
          </div>
        )}
      </div>
      {isThing(item.extra) && <Element item={item.extra} path={`${path}.extra`} />}
    </div>
  );
}

function Columns({ item, path }: Of) {
  const flow = item.flex_mode === "flow" || item.flex_mode === "bisect" || item.flex_mode === "trisect";
  const style: CSSProperties = {
    gap: str(item.horizontal_spacing).endsWith("px") ? str(item.horizontal_spacing) : "8px",
  };
  return (
    <div
      className={`card-columns ${flow ? "flow" : ""} ${item.background_style === "grey" ? "grey" : ""}`}
      style={style}
    >
      {things(item.columns).map((column, at) => (
        <div key={at} className="card-column" style={widthOf(column)}>
          <Elements list={column.elements} path={`${path}.columns.${at}.elements`} />
        </div>
      ))}
    </div>
  );
}

function widthOf(column: Thing): CSSProperties {
  const width = str(column.width);
  if (width === "auto") return { flex: "0 1 auto" };
  if (width.endsWith("px")) return { flex: `0 0 ${width}` };
  return { flex: `${Number(column.weight ?? 1)} 1 0` };
}

function Container({ item, path }: Of) {
  const { press, busy } = useCardHand();
  return (
    <button
      type="button"
      className={item.has_border === true ? "card-container bordered" : "card-container"}
      disabled={item.disabled === true || busy !== null}
      onClick={() => press(item, path)}
    >
      {inner({ item, path })}
    </button>
  );
}

function Picture({ item }: { item: Thing }) {
  const { imageOf } = useCardHand();
  const { language } = useWorld();
  return <img className="card-image" src={imageOf(str(item.img_key))} alt={wordsOf(item.alt, language)} />;
}

function People({ ids }: { ids: string[] }) {
  const { people } = useWorld();
  return (
    <div className="card-actions">
      {ids.map((id) => (
        <span key={id} className="text-tag">
          {people.find((one) => one.open_id === id)?.name ?? id}
        </span>
      ))}
    </div>
  );
}

function Table({ item }: Of) {
  const { people } = useWorld();
  const columns = things(item.columns);
  const cell = (value: unknown): string => {
    if (Array.isArray(value)) return value.map((one) => (isThing(one) ? str(one.text) : cell(one))).join(" ");
    return people.find((one) => one.open_id === value)?.name ?? str(value);
  };
  return (
    <div className="card-table">
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={str(column.name)}>{str(column.display_name) || str(column.name)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {things(item.rows).map((row, at) => (
            <tr key={at}>
              {columns.map((column) => (
                <td key={str(column.name)}>{cell(row[str(column.name)])}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
