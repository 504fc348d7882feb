import { Blank, waiting } from "../Blank.tsx";
import { useWorld } from "../world.tsx";
import { textOf } from "./cell.ts";
import { CellView } from "./CellView.tsx";
import type { Mark } from "./Grid.tsx";
import { type Field, type Page, type Place, type Row, T, type View } from "./model.ts";
import { useRows } from "./rows.ts";

/** More cards than these nobody looks through. */
const MOST = 400;
const FACTS = 5;

interface Props {
  place: Place;
  view: View;
  mark: Mark | null;
  open: (record: string) => void;
}

/** Cards of a view: side by side in a gallery, in columns on a board. */
export function Cards({ place, view, mark, open }: Props) {
  const { words } = useWorld();
  const { head, rowAt } = useRows(place, 0, MOST - 1);
  const { data } = head;
  if (!data) return waiting(head);
  if (data.total === 0) return <Blank title={words.empty} />;
  const rows = Array.from({ length: Math.min(MOST, data.total) }, (_, at) => rowAt(at)).filter(
    (row) => row !== undefined,
  );
  const fields = data.fields.filter((field) => !view.hidden.includes(field.id));
  const card = (row: Row, without?: Field) => (
    <RecordCard
      key={row.id}
      row={row}
      fields={fields.filter((field) => field !== without)}
      marked={row.id === mark?.recordId}
      open={() => open(row.id)}
    />
  );
  const by = view.type === "kanban" ? columnField(data) : undefined;
  if (!by) return <div className="gallery">{rows.map((row) => card(row))}</div>;
  return (
    <div className="board">
      {columns(by, rows).map(({ name, own }) => (
        <section key={name} aria-label={name || words.noOption}>
          <header>
            {name ? <CellView field={by} value={name} /> : <span className="dim">{words.noOption}</span>}
            <span className="dim">{own.length}</span>
          </header>
          {own.map((row) => card(row, by))}
        </section>
      ))}
    </div>
  );
}

/** A board stands by the first single select, as the client makes it. */
const columnField = ({ fields }: Page): Field | undefined => fields.find(({ type }) => type === T.select);

/** A column for each option, in their order; first what has none, where there is such a record. */
function columns(by: Field, rows: readonly Row[]): { name: string; own: Row[] }[] {
  const of = (name: string) => rows.filter((row) => (row.cells[by.id] ?? "") === name);
  const none = of("");
  const named = (by.property.options ?? []).map(({ name }) => ({ name, own: of(name) }));
  return none.length > 0 ? [{ name: "", own: none }, ...named] : named;
}

interface CardProps {
  row: Row;
  fields: Field[];
  marked: boolean;
  open: () => void;
}

function RecordCard({ row, fields, marked, open }: CardProps) {
  const { words } = useWorld();
  const title = fields.find((field) => field.primary);
  const facts = fields
    .filter((field) => field !== title && textOf(field, row.cells[field.id]) !== "")
    .slice(0, FACTS);
  return (
    <article className={marked ? "record-card marked" : "record-card"}>
      <button type="button" onClick={open}>
        {(title && textOf(title, row.cells[title.id])) || words.empty}
      </button>
      {facts.map((field) => (
        <p key={field.id}>
          <span className="dim">{field.name}</span> <CellView field={field} value={row.cells[field.id]} />
        </p>
      ))}
    </article>
  );
}
