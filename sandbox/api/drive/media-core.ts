import type { Kernel } from "../../kernel.ts";
import { refusal } from "./errors.ts";
import { atLeast, drive, nodeOf, permissionOf } from "./nodes.ts";
import type { Media, Who } from "./nodes.ts";

export const UPLOAD_MAX = 20_971_520;
export const BLOCK = 4_194_304;

export interface MediaSpec {
  name: string;
  parentType: string;
  parentNode: string;
}

/** Whether `who` may put a file there; parents that are no Drive nodes (a calendar) are judged by their own service. */
export function checkParent(kernel: Kernel, who: Who, spec: MediaSpec): void {
  if (spec.name === "" || spec.name.length > 250)
    throw refusal(1061008, `file_name of ${spec.name.length} characters`);
  if (!PARENTS.has(spec.parentType)) throw refusal(1061002, `parent_type ${spec.parentType}`);
  const node = nodeOf(kernel.state, spec.parentNode);
  if (FREE_PARENTS.has(spec.parentType) && !node) return;
  if (!node) throw refusal(1061044, `parent_node ${spec.parentNode}`);
  const kind = spec.parentType.split("_")[0] ?? "";
  if (node.type !== kind) throw refusal(1061002, `parent_type ${spec.parentType} for a ${node.type}`);
  if (!atLeast(permissionOf(kernel, node, who), "edit"))
    throw refusal(1061004, `parent_node ${spec.parentNode}`);
}

const PARENTS = new Set([
  "bitable_file",
  "bitable_image",
  "docx_image",
  "docx_file",
  "sheet_image",
  "sheet_file",
  "doc_image",
  "doc_file",
  "calendar",
  "moments",
  "vc_virtual_background",
  "ccm_import_open",
]);
/** A docx image hangs on a block, a calendar is no file: such parents are not in Drive. */
const FREE_PARENTS = new Set([
  "calendar",
  "moments",
  "vc_virtual_background",
  "ccm_import_open",
  "docx_image",
  "docx_file",
]);

const TYPES: Record<string, string> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  txt: "text/plain",
  md: "text/markdown",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** Keeps the bytes; the type is told by the name, as Base shows it. */
export function storeMedia(kernel: Kernel, actor: string, spec: MediaSpec, bytes: Buffer): Media {
  const ending = spec.name.split(".").at(-1)?.toLowerCase() ?? "";
  const media: Media = {
    token: kernel.id("box", 24),
    name: spec.name,
    size: bytes.length,
    type: TYPES[ending] ?? "application/octet-stream",
    parentType: spec.parentType,
    parentNode: spec.parentNode,
    content: bytes.toString("base64"),
    createdAt: kernel.now(),
    by: actor,
    deleted: false,
  };
  drive(kernel.state).medias[media.token] = media;
  return media;
}

/** Adler-32 as zlib defines it (RFC 1950): the checksum of an upload. */
export function adler32(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let from = 0; from < bytes.length; from += 3000) {
    for (const byte of bytes.subarray(from, from + 3000)) {
      a += byte;
      b += a;
    }
    a %= 65_521;
    b %= 65_521;
  }
  return ((b << 16) | a) >>> 0;
}
