import { Readable } from "node:stream";
import { z } from "zod";
import { InvalidInputError } from "../errors.ts";
import type { Client } from "./client.ts";
import { anything, list, optional, text } from "./parts.ts";

export type DocType =
  | "bitable"
  | "docx"
  | "sheet"
  | "file"
  | "slides"
  | "mindnote"
  | "doc"
  | "folder"
  | "wiki";

export type MediaParent = "bitable_file" | "bitable_image" | "docx_image" | "docx_file" | "calendar";

export interface Media {
  fileName: string;
  parentType: MediaParent;
  /** For a Base its app_token. */
  parentNode: string;
  bytes: Uint8Array;
}

/** Where an attachment sits, needed to read files of a Base with advanced permissions (facts.md §5.2). */
export interface AttachmentPlace {
  tableId: string;
  fieldId: string;
  recordId: string;
}

export interface Member {
  /** `openid`, `userid`, `unionid`, `openchat`, `email`, `opendepartmentid`, `groupid`, `wikispaceid`. */
  memberType: string;
  memberId: string;
  perm: "view" | "edit" | "full_access";
  type?: string;
  name?: string;
}

export interface Download {
  body: ReadableStream<Uint8Array>;
  contentType: string;
  /** Bytes; null where Feishu does not say. */
  length: number | null;
  /** 200, or 206 for a part. */
  status: number;
  /** `bytes 0-99/1234` of a part. */
  contentRange: string | null;
  fileName: string | null;
}

/** Files, attachments and who may open them. */
export interface Drive {
  /** At most 20 MiB; larger is refused before it is sent. Returns the file_token. */
  uploadMedia(media: Media): Promise<string>;
  /** `range`: a single range of HTTP, `bytes=0-99`. */
  download(fileToken: string, place?: AttachmentPlace, range?: string): Promise<Download>;
  listMembers(token: string, type: DocType): Promise<Member[]>;
  /** The old owner (the app) keeps full access and the file stays in its folder (decisions.md 18). */
  transferOwner(token: string, type: DocType, openId: string): Promise<void>;
  /** Record events of a Base reach the app only after this, and only while it manages the Base. */
  subscribe(fileToken: string, type: DocType): Promise<void>;
  isSubscribed(fileToken: string, type: DocType): Promise<boolean>;
}

const MAX_BYTES = 20_971_520;

/** Adler-32 (RFC 1950), the checksum Feishu's uploads carry. */
export function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return ((high << 16) | low) >>> 0;
}

/** `extra` for files of a Base with advanced permissions. */
function extraOf(fileTokens: readonly string[], place?: AttachmentPlace): string | undefined {
  if (!place) return undefined;
  const { tableId, fieldId, recordId } = place;
  const attachments = { [fieldId]: { [recordId]: fileTokens } };
  return JSON.stringify({ bitablePerm: { tableId, attachments } });
}

function fileNameIn(disposition: string | undefined): string | null {
  const encoded = /filename\*=(?:UTF-8'')?([^;]+)/i.exec(disposition ?? "")?.[1];
  if (encoded) {
    try {
      return decodeURIComponent(encoded.trim());
    } catch {
      // A name that is not percent-encoded after all is taken from the plain form below.
    }
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? "")?.[1]?.trim() ?? null;
}

const member = z
  .object({
    member_type: z.string(),
    member_id: z.string(),
    perm: z.enum(["view", "edit", "full_access"]),
    type: text,
    name: text,
  })
  .transform((raw): Member => ({
    memberType: raw.member_type,
    memberId: raw.member_id,
    perm: raw.perm,
    type: raw.type,
    name: raw.name,
  }));

function files(client: Client): Pick<Drive, "uploadMedia" | "download"> {
  return {
    async uploadMedia({ fileName, parentType, parentNode, bytes }) {
      if (bytes.length === 0 || bytes.length > MAX_BYTES)
        throw new InvalidInputError(
          "media_size",
          `${fileName}: ${bytes.length} bytes; between 1 byte and 20 MiB can be uploaded. Send a smaller file.`,
        );
      const body = {
        file_name: fileName,
        parent_type: parentType,
        parent_node: parentNode,
        size: bytes.length,
        checksum: String(adler32(bytes)),
        file: Buffer.from(bytes),
      };
      const reply = z.object({ file_token: z.string() });
      return (await client.call("drive.upload", { body, multipart: true }, reply)).file_token;
    },
    async download(fileToken, place, range) {
      const request = {
        path: { file_token: fileToken },
        query: { extra: extraOf([fileToken], place) },
        range,
      };
      const { stream, headers, status } = await client.stream("drive.download", request);
      const length = headers["content-length"];
      return {
        body: Readable.toWeb(stream) as ReadableStream<Uint8Array>,
        contentType: headers["content-type"] ?? "application/octet-stream",
        length: length === undefined ? null : Number(length),
        status,
        contentRange: headers["content-range"] ?? null,
        fileName: fileNameIn(headers["content-disposition"]),
      };
    },
  };
}

function rights(client: Client): Pick<Drive, "listMembers" | "transferOwner"> {
  return {
    async listMembers(token, type) {
      const request = { path: { token }, query: { type } };
      return (await client.call("drive.listMembers", request, z.object({ items: list(member) }))).items;
    },
    async transferOwner(token, type, openId) {
      const query = { type, stay_put: true, remove_old_owner: false, old_owner_perm: "full_access" };
      const body = { member_type: "openid", member_id: openId };
      await client.call("drive.transferOwner", { path: { token }, query, body }, anything);
    },
  };
}

export function createDrive(client: Client): Drive {
  return {
    ...files(client),
    ...rights(client),
    async subscribe(fileToken, type) {
      const request = { path: { file_token: fileToken }, query: { file_type: type } };
      await client.call("drive.subscribe", request, anything);
    },
    async isSubscribed(fileToken, type) {
      const request = { path: { file_token: fileToken }, query: { file_type: type } };
      const reply = z.object({ is_subscribe: optional(z.boolean()) });
      return (await client.call("drive.getSubscribe", request, reply)).is_subscribe ?? false;
    },
  };
}
