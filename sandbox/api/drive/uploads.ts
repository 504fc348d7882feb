import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { refusal } from "./errors.ts";
import { BLOCK, UPLOAD_MAX, adler32, checkParent, storeMedia } from "./media-core.ts";
import type { MediaSpec } from "./media-core.ts";
import { drive, whoOf } from "./nodes.ts";
import type { Upload } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";
import { said } from "../given.ts";

const MEDIAS = "/open-apis/drive/v1/medias";
const PART = { type: "object", properties: {}, additionalProperties: true };
/** The gateway would answer 429; this page answers 1061045 with HTTP 200 (facts.md §5.1), so it counts itself. */
const unlimited = { perSecond: 100_000 };
const PER_SECOND = 5;
const PER_DAY = 10_000;

/** 5 a second, 10,000 a day, one at a time: else 1061045, which an SDK's uploadAll turns into null (facts.md §2.1). */
async function admit(call: Call, name: string): Promise<void> {
  const app = `${name} ${call.principal?.appId ?? ""}`;
  if (call.switches.rates) {
    if (over(call, `s ${app}`, Math.floor(call.now() / 1000), PER_SECOND))
      throw refusal(1061045, "5 uploads a second");
    if (over(call, `d ${app}`, Math.floor(call.now() / 86_400_000), PER_DAY))
      throw refusal(1061045, "10,000 uploads a day");
  }
  await call.exclusive(`upload/${call.principal?.appId ?? ""}`, refusal(1061045, "uploads must not overlap"));
}

/** Counts live per sandbox and in memory only; the longest window is a day. */
const windows = new WeakMap<object, Map<string, { at: number; calls: number }>>();

function over(call: Call, key: string, at: number, most: number): boolean {
  const mine = windows.get(call.state) ?? new Map<string, { at: number; calls: number }>();
  windows.set(call.state, mine);
  const window = mine.get(key);
  if (window?.at !== at) {
    mine.set(key, { at, calls: 1 });
    return false;
  }
  window.calls += 1;
  return window.calls > most;
}

function part(form: FormData | null, name: string): string {
  const value = form?.get(name);
  return typeof value === "string" ? value : "";
}

async function bytesOf(form: FormData | null): Promise<Buffer> {
  const file = form?.get("file");
  if (file === null || file === undefined) throw refusal(1061002, "part file is missing");
  return typeof file === "string" ? Buffer.from(file) : Buffer.from(await file.arrayBuffer());
}

/** `size` is text in a multipart body (facts.md §14.4) and must tell the file's length. */
function checkBytes(form: FormData | null, bytes: Buffer): void {
  const size = part(form, "size");
  if (!/^\d+$/.test(size)) throw refusal(1061002, `size ${size}`);
  if (Number(size) > UPLOAD_MAX || bytes.length > UPLOAD_MAX)
    throw refusal(1061043, `${size} bytes, at most ${UPLOAD_MAX}`);
  if (Number(size) !== bytes.length) throw refusal(1062009, `size ${size}, file ${bytes.length}`);
  const checksum = part(form, "checksum");
  if (checksum !== "" && checksum !== String(adler32(bytes))) throw refusal(1062008, `checksum ${checksum}`);
}

async function uploadAll(call: Call) {
  await admit(call, "all");
  const { form } = call;
  const spec: MediaSpec = {
    name: part(form, "file_name"),
    parentType: part(form, "parent_type"),
    parentNode: part(form, "parent_node") || routeToken(part(form, "extra")),
  };
  const bytes = await bytesOf(form);
  checkBytes(form, bytes);
  checkParent(call, whoOf(call), spec);
  return { file_token: storeMedia(call, call.actor, spec, bytes).token };
}

function routeToken(extra: string): string {
  if (extra === "") return "";
  try {
    return said((JSON.parse(extra) as { drive_route_token?: unknown }).drive_route_token);
  } catch {
    throw refusal(1061002, `extra is no JSON: ${extra.slice(0, 80)}`);
  }
}

function prepare(call: Call) {
  const { file_name, parent_type, parent_node, size } = call.body as Record<string, string | number>;
  const spec = { name: String(file_name), parentType: String(parent_type), parentNode: String(parent_node) };
  checkParent(call, whoOf(call), spec);
  const uploadId = call.id("upl", 24);
  drive(call.state).uploads[uploadId] = {
    ...spec,
    size: Number(size),
    blocks: {},
    at: call.now(),
    by: call.actor,
  };
  return { upload_id: uploadId, block_size: BLOCK, block_num: Math.max(1, Math.ceil(Number(size) / BLOCK)) };
}

function uploadOf(call: Call, id: string): Upload {
  const upload = drive(call.state).uploads[id];
  // A prepared upload lives a day.
  if (!upload || call.now() - upload.at > 86_400_000) throw refusal(1061003, `upload_id ${id}`);
  return upload;
}

async function uploadPart(call: Call) {
  await admit(call, "part");
  const upload = uploadOf(call, part(call.form, "upload_id"));
  const seq = Number(part(call.form, "seq"));
  const bytes = await bytesOf(call.form);
  checkBytes(call.form, bytes);
  const last = Math.max(1, Math.ceil(upload.size / BLOCK)) - 1;
  const due = seq === last ? upload.size - last * BLOCK : BLOCK;
  if (!(seq >= 0 && seq <= last) || bytes.length !== due)
    throw refusal(1062009, `block ${seq}: ${bytes.length} bytes, due ${due}`);
  upload.blocks[seq] = bytes.toString("base64");
  return {};
}

async function finish(call: Call) {
  await admit(call, "finish");
  const id = said(call.body["upload_id"]);
  const upload = uploadOf(call, id);
  const count = Math.max(1, Math.ceil(upload.size / BLOCK));
  const blocks = Array.from({ length: count }, (_, seq) => upload.blocks[seq]);
  if (call.body["block_num"] !== count || blocks.includes(undefined))
    throw refusal(1061002, `block_num ${said(call.body["block_num"])} of ${count}`);
  delete drive(call.state).uploads[id];
  const bytes = Buffer.concat(blocks.map((block) => Buffer.from(block ?? "", "base64")));
  return { file_token: storeMedia(call, upload.by, upload, bytes).token };
}

export const uploads = operations([
  {
    method: "POST",
    path: `${MEDIAS}/upload_all`,
    scopes: SCOPES.upload,
    rate: unlimited,
    schema: { data: PART },
    handle: uploadAll,
  },
  {
    method: "POST",
    path: `${MEDIAS}/upload_prepare`,
    scopes: SCOPES.upload,
    rate: { perSecond: 5 },
    handle: prepare,
  },
  {
    method: "POST",
    path: `${MEDIAS}/upload_part`,
    scopes: SCOPES.upload,
    rate: unlimited,
    schema: { data: PART },
    handle: uploadPart,
  },
  { method: "POST", path: `${MEDIAS}/upload_finish`, scopes: SCOPES.upload, rate: unlimited, handle: finish },
]);
