import { Raw, operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { bitable } from "../bitable/model.ts";
import { refusal } from "./errors.ts";
import { atLeast, drive, nodeOf, originOf, permissionOf, whoOf } from "./nodes.ts";
import type { Media } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";

const MEDIAS = "/open-apis/drive/v1/medias";
const DAY = 86_400_000;
const EXTRA = { type: "object", properties: { extra: { type: "string" } } };

interface BitablePerm {
  bitablePerm?: { tableId?: string; attachments?: Record<string, Record<string, string[]>> };
}

/** The file, if the caller may read where it hangs. Advanced Bases want to be told the cell (facts.md §5.2). */
function readable(call: Call, token: string): Media {
  const media = drive(call.state).medias[token];
  if (!media) throw refusal(1061003, `file_token ${token}`);
  if (media.deleted) throw refusal(1061007, `file_token ${token}`);
  const node = nodeOf(call.state, media.parentNode);
  if (!node) return media;
  if (!atLeast(permissionOf(call, node, whoOf(call)), "view")) throw refusal(1061004, `file_token ${token}`);
  if (bitable(call.state).bases[node.token]?.advanced && !named(call, node.token, token)) {
    throw refusal(1061004, "a Base with advanced permissions needs extra.bitablePerm");
  }
  return media;
}

function named(call: Call, baseToken: string, token: string): boolean {
  const perm = parsedExtra(call).bitablePerm;
  const table = bitable(call.state).bases[baseToken]?.tables.find((one) => one.id === perm?.tableId);
  return Object.entries(perm?.attachments ?? {}).some(([fieldId, records]) =>
    Object.entries(records).some(([recordId, tokens]) => {
      const cell = table?.rows[recordId]?.cells[fieldId];
      return tokens.includes(token) && Array.isArray(cell) && cell.includes(token);
    }),
  );
}

function parsedExtra(call: Call): BitablePerm {
  const extra = call.query["extra"];
  if (typeof extra !== "string" || extra === "") return {};
  try {
    return JSON.parse(extra) as BitablePerm;
  } catch {
    throw refusal(1061002, `extra is no JSON: ${extra.slice(0, 80)}`);
  }
}

/** Addresses that open for anyone who has them, for 24 h. */
function temporaryUrls(call: Call) {
  const tokens = call.query["file_tokens"] as string[];
  if (tokens.length === 0 || tokens.length > 5)
    throw refusal(1061002, `${tokens.length} file_tokens, 1 to 5`);
  const { tickets } = drive(call.state);
  for (const [code, ticket] of Object.entries(tickets)) {
    if (ticket.until > call.now()) break;
    delete tickets[code];
  }
  return {
    tmp_download_urls: tokens.map((token) => {
      readable(call, token);
      const code = call.id("tmp", 32);
      tickets[code] = { token, until: call.now() + DAY };
      return { file_token: token, tmp_download_url: `${originOf(call)}/sandbox/tmp/${code}` };
    }),
  };
}

/** The bytes, or the part of them that `Range` asks for. */
export function fileResponse(media: Media, range: string | null): Response {
  const bytes = Buffer.from(media.content, "base64");
  const headers = {
    "content-type": media.type,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(media.name)}`,
    "accept-ranges": "bytes",
  };
  const match = range ? /^bytes=(\d*)-(\d*)$/.exec(range) : null;
  if (!match || (match[1] === "" && match[2] === "")) {
    return new Response(new Uint8Array(bytes), {
      headers: { ...headers, "content-length": String(bytes.length) },
    });
  }
  const from = match[1] === "" ? Math.max(0, bytes.length - Number(match[2])) : Number(match[1]);
  const to =
    match[1] === "" || match[2] === "" ? bytes.length - 1 : Math.min(Number(match[2]), bytes.length - 1);
  if (from > to)
    return new Response(null, { status: 416, headers: { "content-range": `bytes */${bytes.length}` } });
  return new Response(new Uint8Array(bytes.subarray(from, to + 1)), {
    status: 206,
    headers: {
      ...headers,
      "content-length": String(to - from + 1),
      "content-range": `bytes ${from}-${to}/${bytes.length}`,
    },
  });
}

function download(call: Call) {
  const media = readable(call, call.path["file_token"] ?? "");
  return new Raw(fileResponse(media, call.headers.get("range")));
}

export const downloads = operations([
  {
    method: "GET",
    path: `${MEDIAS}/batch_get_tmp_download_url`,
    scopes: SCOPES.download,
    rate: { perSecond: 5 },
    handle: temporaryUrls,
  },
  {
    method: "GET",
    path: `${MEDIAS}/:file_token/download`,
    scopes: SCOPES.download,
    rate: { perSecond: 5 },
    schema: { params: EXTRA },
    handle: download,
  },
]);
