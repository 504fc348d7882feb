import { IconTick } from "@douyinfe/semi-icons";
import { mine } from "../api.ts";
import { OPTION_COLORS } from "../../bridge/colors.ts";
import { str } from "../thing.ts";
import { useWorld } from "../world.tsx";
import { address, attached, named, textOf } from "./cell.ts";
import { type Field, T } from "./model.ts";

function Option({ field, name }: { field: Field; name: string }) {
  const option = field.property.options?.find((one) => one.name === name);
  const color = OPTION_COLORS[(option?.color ?? 10) % OPTION_COLORS.length];
  return (
    <span className="option" style={{ background: color?.bgColor, color: color?.textColor }}>
      {name}
    </span>
  );
}

const CHIPS: ReadonlySet<number> = new Set([
  T.user,
  T.link,
  T.duplex,
  T.group,
  T.createdUser,
  T.modifiedUser,
]);

/** What a cell shows, by the kind of its field. */
export function CellView({ field, value }: { field: Field; value: unknown }) {
  const { person } = useWorld();
  if (field.type === T.checkbox)
    return (
      <span className={value === true ? "tick on" : "tick"}>
        {value === true && <IconTick size="small" />}
      </span>
    );
  if (value === undefined || value === null) return null;
  if (field.type === T.select) return <Option field={field} name={str(value)} />;
  if (field.type === T.multiSelect)
    return (value as string[]).map((name) => <Option key={name} field={field} name={name} />);
  if (CHIPS.has(field.type))
    return named(value).map((one) => (
      <span key={one.id} className={field.type === T.user ? "chip person" : "chip"}>
        {one.name ?? one.text ?? one.id}
      </span>
    ));
  if (field.type === T.attachment)
    return attached(value).map((one) => (
      <a
        key={one.file_token}
        className="chip"
        href={`/sandbox${mine(person.open_id, `files/${one.file_token}`)}`}
        download={one.name}
        title={one.name}
      >
        {one.name}
      </a>
    ));
  const url = address(value);
  if (url)
    return (
      <a href={url.link} target="_blank" rel="noreferrer">
        {url.text}
      </a>
    );
  if (field.type === T.number && field.ui_type === "Rating" && typeof value === "number")
    return <span className="stars">{"★".repeat(value)}</span>;
  return <span>{textOf(field, value)}</span>;
}
