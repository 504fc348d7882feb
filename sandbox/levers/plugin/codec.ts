import { T } from "../../api/bitable/model.ts";
import type { Cell, Field, Row, Table } from "../../api/bitable/model.ts";
import { chatOf, personCell } from "../../api/bitable/people.ts";
import { plainText } from "../../api/bitable/read-cell.ts";
import { drive } from "../../api/drive/nodes.ts";
import { said } from "../../api/given.ts";
import type { Kernel } from "../../kernel.ts";
import { PluginError, SDK } from "./errors.ts";

/** Types of the SDK that the Open API knows as a UI type of another type. */
const UI_CODES: Record<string, number> = {
  Barcode: 99001,
  Progress: 99002,
  Currency: 99003,
  Rating: 99004,
  Email: 99005,
};

/** The SDK's code of a field's type. */
export function typeCode({ type, uiType }: { type: number; uiType: string }): number {
  return UI_CODES[uiType] ?? type;
}

/** Type and UI type of the Open API for a code of the SDK. @throws field type not supported */
export function openType(code: number): { type: number; ui_type?: string } {
  const uiType = Object.keys(UI_CODES).find((name) => UI_CODES[name] === code);
  if (!uiType) return { type: code };
  return { type: uiType === "Barcode" || uiType === "Email" ? T.text : T.number, ui_type: uiType };
}

/** What reading a cell may look at. */
export interface CellContext {
  kernel: Kernel;
  tables: Table[];
}

/** A cell as the SDK shows it; an empty one is null. */
export function toSdk(context: CellContext, field: Field, row: Row): unknown {
  if (field.type === T.createdTime) return row.createdAt;
  if (field.type === T.modifiedTime) return row.modifiedAt;
  if (field.type === T.createdUser) return people(context, [row.createdBy]);
  if (field.type === T.modifiedUser) return people(context, [row.modifiedBy]);
  const cell = row.cells[field.id];
  if (cell === undefined) return null;
  return READ[typeCode(field)]?.(context, field, cell) ?? cell;
}

type Read = (context: CellContext, field: Field, cell: Cell) => unknown;

const segments: Read = (_context, _field, cell) => [{ type: "text", text: said(cell) }];

const choice = (field: Field, id: unknown) => ({
  id,
  text: field.property.options?.find((option) => option.id === id)?.name ?? "",
});

function people({ kernel }: CellContext, ids: string[]): unknown[] {
  return ids.map((id) => {
    const { name, en_name, email } = personCell(kernel, "open_id", id);
    return { id, name, enName: en_name, en_name, email };
  });
}

const attachments: Read = ({ kernel }, _field, cell) =>
  (cell as string[]).map((token) => {
    const media = drive(kernel.state).medias[token];
    return {
      name: media?.name ?? "",
      size: media?.size ?? 0,
      type: media?.type ?? "",
      token,
      timeStamp: media?.createdAt ?? 0,
    };
  });

const link: Read = ({ tables }, field, cell) => {
  const ids = cell as string[];
  const tableId = field.property.table_id ?? "";
  const target = tables.find((table) => table.id === tableId);
  const primary = target?.fields.find((one) => one.primary);
  const words = ids.map((id) => (primary ? plainText(primary, target?.rows[id]?.cells[primary.id]) : ""));
  return { text: words.join(","), type: "text", recordIds: ids, tableId, record_ids: ids, table_id: tableId };
};

const place: Read = (_context, _field, cell) => ({
  address: "",
  adname: "",
  cityname: "",
  name: "",
  pname: "",
  fullAddress: "",
  full_address: "",
  location: said(cell),
});

const chats: Read = ({ kernel }, _field, cell) =>
  (cell as string[]).map((id) => {
    const chat = chatOf(kernel, id);
    return { id, name: chat?.name ?? "", avatarUrl: chat?.avatar ?? "" };
  });

/** A formula's result as a lever set it: numbers plain, texts as segments. */
const computed: Read = (_context, _field, cell) => {
  const value: unknown = JSON.parse(said(cell));
  const list: unknown[] = Array.isArray(value) ? value : [value];
  if (!list.every((one) => typeof one === "number"))
    return list.map((one) => ({ type: "text", text: String(one) }));
  return list.length === 1 ? list[0] : list;
};

const READ: Record<number, Read> = {
  [T.text]: segments,
  99001: segments,
  [T.select]: (_context, field, cell) => choice(field, cell),
  [T.multiSelect]: (_context, field, cell) => (cell as string[]).map((id) => choice(field, id)),
  [T.user]: (context, _field, cell) => people(context, cell as string[]),
  [T.url]: (_context, _field, cell) => [{ type: "url", ...(cell as { text: string; link: string }) }],
  [T.attachment]: attachments,
  [T.link]: link,
  [T.duplex]: link,
  [T.lookup]: computed,
  [T.formula]: computed,
  [T.location]: place,
  [T.group]: chats,
  [T.autoNumber]: (_context, _field, cell) => ({ value: said(cell), status: "completed" }),
};

/**
 * A value as the SDK writes it → the Open API's write format (null empties the cell). Exactly the shapes that the SDK types;
 * a plugin must not rely on more. @throws cell errors that name field, expected shape and value
 */
export function fromSdk(field: Field, value: unknown): unknown {
  if (value === null) return null;
  const write = WRITE[typeCode(field)];
  if (!write) throw new PluginError(SDK.cellDenied, `cell permission denied: ${field.name} is not editable`);
  return write(field, value);
}

type Write = (field: Field, value: unknown) => unknown;

function wrong(field: Field, expected: string, value: unknown): PluginError {
  const shown = value === undefined ? "nothing" : JSON.stringify(value).slice(0, 120);
  return new PluginError(
    SDK.cellUnknown,
    `cell value of ${field.name} (type ${typeCode(field)}): expected ${expected}, got ${shown}`,
  );
}

type Entry = Record<string, unknown>;

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A list of objects, each of which passes. */
function list(field: Field, value: unknown, shape: string, fits: (one: Entry) => boolean): Entry[] {
  if (!Array.isArray(value)) throw wrong(field, shape, value);
  return value.map((one: unknown) => {
    if (!isEntry(one) || !fits(one)) throw wrong(field, shape, value);
    return one;
  });
}

const isText = (value: unknown): value is string => typeof value === "string";

const plainSegment = ({ type, text }: Entry) => type === "text" && isText(text);
const anySegment = (one: Entry) => {
  if (!isText(one["text"])) return false;
  if (one["type"] === "mention") return isText(one["token"]);
  return one["type"] === "url" ? isText(one["link"]) : one["type"] === "text";
};

/** The Base keeps the plain text of segments: links and mentions lose their target. */
const writeSegments =
  (fits: (one: Entry) => boolean): Write =>
  (field, value) =>
    list(field, value, '[{ type: "text", text }]', fits)
      .map(({ text }) => text)
      .join("");

const writeNumber: Write = (field, value) => {
  if (typeof value !== "number") throw wrong(field, "a number", value);
  return value;
};

function optionName(field: Field, { id }: Entry, value: unknown): string {
  const option = field.property.options?.find((one) => one.id === id);
  if (!option) throw wrong(field, "an option of this field", value);
  return option.name;
}

const isChoice = ({ id, text }: Entry) => isText(id) && isText(text);
const CHOICE = "{ id, text }";

const writeSelect: Write = (field, value) => {
  if (!isEntry(value) || !isChoice(value)) throw wrong(field, CHOICE, value);
  return optionName(field, value, value);
};

const writeMulti: Write = (field, value) =>
  list(field, value, `[${CHOICE}]`, isChoice).map((one) => optionName(field, one, value));

const writeDate: Write = (field, value) => {
  if (typeof value !== "number" || !Number.isInteger(value))
    throw wrong(field, "a whole number of milliseconds since 1970", value);
  return value;
};

const writeCheckbox: Write = (field, value) => {
  if (typeof value !== "boolean") throw wrong(field, "true or false", value);
  return value;
};

const writeUsers: Write = (field, value) =>
  list(field, value, '[{ id: "ou_…" }]', ({ id }) => isText(id) && id.startsWith("ou_")).map(({ id }) => ({
    id,
  }));

const writeString: Write = (field, value) => {
  if (!isText(value)) throw wrong(field, "a text", value);
  return value;
};

const writeUrl: Write = (field, value) => {
  const shape = '[{ type: "url", text, link }]';
  const parts = list(
    field,
    value,
    shape,
    (one) => one["type"] === "url" && isText(one["text"]) && isText(one["link"]),
  );
  if (parts.length > 1) throw wrong(field, "one link", value);
  const [first] = parts;
  return first ? { text: first["text"], link: first["link"] } : null;
};

const writeAttachments: Write = (field, value) =>
  list(
    field,
    value,
    "[{ name, size, type, token, timeStamp }]",
    ({ name, size, type, token, timeStamp }) =>
      isText(name) &&
      isText(type) &&
      isText(token) &&
      typeof size === "number" &&
      typeof timeStamp === "number",
  ).map(({ token }) => ({ file_token: token }));

const writeLink: Write = (field, value) => {
  const shape = `{ text, type: "text", recordIds, tableId: "${field.property.table_id}" }`;
  if (!isEntry(value)) throw wrong(field, shape, value);
  const ids = value["recordIds"] ?? value["record_ids"];
  const tableId = value["tableId"] ?? value["table_id"];
  const fits = isText(value["text"]) && value["type"] === "text" && tableId === field.property.table_id;
  if (!fits || !Array.isArray(ids) || !ids.every(isText)) throw wrong(field, shape, value);
  return ids;
};

/** Of a place the Base keeps the coordinates; the words are looked up by Feishu. */
const writePlace: Write = (field, value) => {
  const keys = ["address", "adname", "cityname", "name", "pname", "fullAddress", "location"];
  const shape = `{ ${keys.join(", ")} } of texts`;
  if (!isEntry(value)) throw wrong(field, shape, value);
  const known = { fullAddress: value["full_address"], ...value };
  if (!keys.every((key) => isText((known as Entry)[key]))) throw wrong(field, shape, value);
  return value["location"];
};

const writeChats: Write = (field, value) =>
  list(
    field,
    value,
    '[{ id: "oc_…", name, avatarUrl }]',
    ({ id, name, avatarUrl }) => isText(id) && id.startsWith("oc_") && isText(name) && isText(avatarUrl),
  ).map(({ id }) => ({ id }));

const WRITE: Record<number, Write> = {
  [T.text]: writeSegments(anySegment),
  99001: writeSegments(plainSegment),
  99005: writeString,
  [T.number]: writeNumber,
  99002: writeNumber,
  99003: writeNumber,
  99004: writeNumber,
  [T.select]: writeSelect,
  [T.multiSelect]: writeMulti,
  [T.date]: writeDate,
  [T.checkbox]: writeCheckbox,
  [T.user]: writeUsers,
  [T.phone]: writeString,
  [T.url]: writeUrl,
  [T.attachment]: writeAttachments,
  [T.link]: writeLink,
  [T.duplex]: writeLink,
  [T.location]: writePlace,
  [T.group]: writeChats,
};
