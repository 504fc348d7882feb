import type { Kernel } from "../../kernel.ts";
import { drive } from "../drive/nodes.ts";
import { T } from "./model.ts";
import type { Base, Cell, Field, Row, Table } from "./model.ts";
import { chatOf, personCell } from "./people.ts";
import type { IdType } from "./people.ts";
import { said } from "../given.ts";

export interface ReadContext {
  kernel: Kernel;
  base: Base;
  table: Table;
  idType: IdType;
  origin: string;
  /** Legacy GET formats; texts as segments only when asked for. */
  legacy: boolean;
  textAsArray: boolean;
}

/** The fields of a row as a read shows them; empty cells are left out (facts.md §4.7). */
export function readFields(context: ReadContext, row: Row, fields: Field[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const field of fields) {
    const value = readCell(context, field, row);
    if (value !== undefined) out[field.name] = value;
  }
  return out;
}

/** One cell in the format of search and batch_get, or of the legacy GET; undefined = empty. */
function readCell(context: ReadContext, field: Field, row: Row): unknown {
  const automatic = automaticCell(context, field, row);
  if (automatic !== undefined) return automatic;
  const cell = row.cells[field.id];
  if (cell === undefined) return undefined;
  return READ[field.type]?.(context, field, cell) ?? cell;
}

function automaticCell(context: ReadContext, field: Field, row: Row): unknown {
  if (field.type === T.createdTime) return row.createdAt;
  if (field.type === T.modifiedTime) return row.modifiedAt;
  if (field.type !== T.createdUser && field.type !== T.modifiedUser) return undefined;
  const person = personCell(
    context.kernel,
    context.idType,
    field.type === T.createdUser ? row.createdBy : row.modifiedBy,
  );
  return context.legacy ? person : [person];
}

type Read = (context: ReadContext, field: Field, cell: Cell) => unknown;

const text: Read = (context, field, cell) => {
  const content = said(cell);
  if (context.legacy && !context.textAsArray) return content;
  if (field.uiType === "Email") return [{ type: "url", text: content, link: `mailto:${content}` }];
  return [{ type: "text", text: content }];
};

const nameOf = (field: Field, id: unknown): string =>
  field.property.options?.find((option) => option.id === id)?.name ?? "";

const users: Read = (context, _field, cell) =>
  (cell as string[]).map((openId) => personCell(context.kernel, context.idType, openId));

const groups: Read = (context, _field, cell) =>
  (cell as string[]).map((id) => {
    const chat = chatOf(context.kernel, id);
    return { id, name: chat?.name ?? "", avatar_url: chat?.avatar ?? "" };
  });

const attachments: Read = (context, _field, cell) => {
  const medias = drive(context.kernel.state).medias;
  return (cell as string[]).map((token) => {
    const media = medias[token];
    const root = `${context.origin}/open-apis/drive/v1/medias`;
    return {
      file_token: token,
      name: media?.name ?? "",
      size: media?.size ?? 0,
      type: media?.type ?? "",
      url: `${root}/${token}/download`,
      tmp_url: `${root}/batch_get_tmp_download_url?file_tokens=${token}`,
    };
  });
};

const links: Read = (context, field, cell) => {
  const ids = cell as string[];
  if (!context.legacy) return { link_record_ids: ids };
  const target = context.base.tables.find((table) => table.id === field.property.table_id);
  const texts = ids.map((id) => (target ? primaryText(target, id) : ""));
  return [
    {
      record_ids: ids,
      table_id: field.property.table_id,
      text: texts.join(","),
      text_arr: texts,
      type: "text",
    },
  ];
};

/** Text of a record's primary cell, as a link shows it. */
function primaryText(table: Table, recordId: string): string {
  const primary = table.fields.find((field) => field.primary);
  const cell = primary && table.rows[recordId]?.cells[primary.id];
  if (cell === undefined) return "";
  return typeof cell === "object" && !Array.isArray(cell) ? cell.text : said(cell);
}

const place: Read = (_context, _field, cell) => ({
  location: cell,
  pname: "",
  cityname: "",
  adname: "",
  address: "",
  name: "",
  full_address: "",
});

/** A formula's value is set by a lever only: the sandbox does not calculate. Held as JSON text of the result's list. */
const computed: Read = (context, _field, cell) => {
  const value: unknown = JSON.parse(said(cell));
  const list: unknown[] = Array.isArray(value) ? value : [value];
  const isNumber = list.every((one) => typeof one === "number");
  if (context.legacy) return list[0];
  const shown: unknown[] = isNumber ? list : list.map((one) => ({ type: "text", text: String(one) }));
  return { type: isNumber ? T.number : T.text, ui_type: isNumber ? "Number" : "Text", value: shown };
};

const READ: Record<number, Read> = {
  [T.text]: text,
  [T.number]: (context, _field, cell) => (context.legacy ? said(cell) : cell),
  [T.select]: (_context, field, cell) => nameOf(field, cell),
  [T.multiSelect]: (_context, field, cell) => (cell as string[]).map((id) => nameOf(field, id)),
  [T.user]: users,
  [T.attachment]: attachments,
  [T.link]: links,
  [T.duplex]: links,
  [T.lookup]: computed,
  [T.formula]: computed,
  [T.location]: place,
  [T.group]: groups,
};

/** The plain text of a cell: what sorting by text, url filters and conversions compare. */
export function plainText(field: Field, cell: Cell | undefined): string {
  if (cell === undefined) return "";
  if (field.type === T.select) return nameOf(field, cell);
  if (field.type === T.multiSelect) return (cell as string[]).map((id) => nameOf(field, id)).join(",");
  if (Array.isArray(cell)) return cell.join(",");
  return typeof cell === "object" ? cell.text : said(cell);
}

/** Items of search, batch_get and list: automatic fields only when asked for. */
export function readRecord(
  context: ReadContext,
  row: Row,
  fields: Field[],
  automatic: boolean,
): Record<string, unknown> {
  const record: Record<string, unknown> = { record_id: row.id, fields: readFields(context, row, fields) };
  if (context.legacy) record["id"] = row.id;
  if (!automatic) return record;
  return {
    ...record,
    created_by: personCell(context.kernel, context.idType, row.createdBy),
    created_time: row.createdAt,
    last_modified_by: personCell(context.kernel, context.idType, row.modifiedBy),
    last_modified_time: row.modifiedAt,
  };
}

export function recordUrl(context: ReadContext, recordId: string): string {
  return `${context.origin}/base/${context.base.token}?table=${context.table.id}&record=${recordId}`;
}

export function chosenFields(table: Table, hidden: ReadonlySet<string>, names: string[] | null): Field[] {
  const visible = table.fields.filter((field) => !hidden.has(field.id));
  return names ? visible.filter((field) => names.includes(field.name)) : visible;
}
