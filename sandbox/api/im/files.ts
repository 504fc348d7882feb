/** im/v1 images, files and the resources of messages (facts.md §7.5). */
import { parseCard } from "../cards/simple.ts";
import { type App, type Call, FeishuError, operations, Raw } from "../../kernel.ts";
import { requireMessage } from "./access.ts";
import { im, type Stored } from "./state.ts";
import { str } from "../text.ts";

const IMAGE_LIMIT = 10 * 1024 * 1024;
const FILE_LIMIT = 30 * 1024 * 1024;
const FILE_TYPES = ["opus", "mp4", "pdf", "doc", "xls", "ppt", "stream"];
const UPLOAD = ["im:resource", "im:resource:upload"];
const RATE = { perMinute: 1000, perSecond: 50 };
const badParam = (ext: string): FeishuError => new FeishuError(234001, 400, `Invalid request param: ${ext}`);

function uploader(call: Call): App {
  if (!call.app?.botOpenId) throw new FeishuError(234007, 400, "App does not enable bot feature.");
  return call.app;
}

/** A multipart part's bytes; a part without a file name is a file all the same (facts.md §2.1). */
async function bytesOf(call: Call, part: string, limit: number): Promise<Buffer> {
  const value = call.form?.get(part);
  if (value === null || value === undefined) throw badParam(`${part} is required`);
  const bytes = typeof value === "string" ? Buffer.from(value) : Buffer.from(await value.arrayBuffer());
  if (bytes.length === 0) throw new FeishuError(234010, 400, "File's size can't be 0.");
  if (bytes.length > limit) throw new FeishuError(234006, 400, "The file size exceed the max value.");
  return bytes;
}

const SIGNS = [
  [0x89, 0x50, 0x4e, 0x47],
  [0xff, 0xd8, 0xff],
  [0x47, 0x49, 0x46],
  [0x42, 0x4d],
  [0x52, 0x49, 0x46, 0x46],
  [0x49, 0x49, 0x2a],
  [0x4d, 0x4d, 0x00],
  [0x00, 0x00, 0x01],
];

function looksLikeImage(bytes: Buffer): boolean {
  return (
    SIGNS.some((sign) => sign.every((byte, at) => bytes[at] === byte)) ||
    bytes.subarray(4, 12).toString("latin1").includes("ftyp")
  );
}

async function image(call: Call): Promise<unknown> {
  const app = uploader(call);
  const kind = str(call.form?.get("image_type") ?? "");
  if (kind !== "message" && kind !== "avatar") throw badParam("image_type takes message or avatar");
  const bytes = await bytesOf(call, "image", IMAGE_LIMIT);
  if (!looksLikeImage(bytes)) throw new FeishuError(234011, 400, "Can't regonnize the image format.");
  const key = call.id("img_v3_", 40);
  im(call.state).images[key] = { key, app: app.appId, kind, name: key, bytes: bytes.toString("base64") };
  return { image_key: key };
}

async function file(call: Call): Promise<unknown> {
  const app = uploader(call);
  const kind = str(call.form?.get("file_type") ?? "");
  if (!FILE_TYPES.includes(kind)) throw badParam(`file_type takes ${FILE_TYPES.join(", ")}`);
  const name = str(call.form?.get("file_name") ?? "");
  if (!name) throw badParam("file_name is required");
  const bytes = await bytesOf(call, "file", FILE_LIMIT);
  const key = call.id("file_v3_", 40);
  im(call.state).files[key] = { key, app: app.appId, kind, name, bytes: bytes.toString("base64") };
  return { file_key: key };
}

function download(stored: Stored): Raw {
  const name = encodeURIComponent(stored.name);
  const headers = {
    "content-type": "application/octet-stream",
    "content-disposition": `attachment; filename*=UTF-8''${name}`,
  };
  return new Raw(new Response(Buffer.from(stored.bytes, "base64"), { headers }));
}

/** One's own uploads only; what people sent is read as a resource of its message. */
function own(call: Call, of: "images" | "files", key: string): Raw {
  const stored = im(call.state)[of][key];
  if (!stored) throw badParam(`no ${of === "images" ? "image" : "file"} ${key}`);
  if (stored.app !== uploader(call).appId)
    throw new FeishuError(234009, 400, "Lack of necessary permissions.");
  return download(stored);
}

function resource(call: Call): Raw {
  const message = requireMessage(call, call.path.message_id ?? "");
  const key = call.path.file_key ?? "";
  if (!im(call.state).chats[message.chat]?.bots.includes(uploader(call).appId))
    throw new FeishuError(234004, 400, "App not in chat.");
  const stored = call.query.type === "image" ? im(call.state).images[key] : im(call.state).files[key];
  const held = Object.values(parseCard(message.content) ?? {});
  if (!stored || !held.includes(key)) throw new FeishuError(234003, 400, "File not in message.");
  return download(stored);
}

export const files = operations([
  {
    method: "POST",
    path: "/open-apis/im/v1/images",
    tokens: ["tenant"],
    scopes: UPLOAD,
    rate: RATE,
    schema: {},
    handle: image,
  },
  {
    method: "POST",
    path: "/open-apis/im/v1/files",
    tokens: ["tenant"],
    scopes: UPLOAD,
    rate: RATE,
    schema: {},
    handle: file,
  },
  {
    method: "GET",
    path: "/open-apis/im/v1/images/:image_key",
    tokens: ["tenant"],
    scopes: ["im:resource"],
    rate: RATE,
    schema: {},
    handle: (call) => own(call, "images", call.path.image_key ?? ""),
  },
  {
    method: "GET",
    path: "/open-apis/im/v1/files/:file_key",
    tokens: ["tenant"],
    scopes: ["im:resource"],
    rate: RATE,
    schema: {},
    handle: (call) => own(call, "files", call.path.file_key ?? ""),
  },
  {
    method: "GET",
    path: "/open-apis/im/v1/messages/:message_id/resources/:file_key",
    tokens: ["tenant"],
    scopes: ["im:message", "im:message:readonly", "im:message.history:readonly"],
    rate: RATE,
    schema: {
      params: {
        type: "object",
        properties: { type: { type: "string", enum: ["image", "file"] } },
        required: ["type"],
      },
    },
    handle: resource,
  },
]);
