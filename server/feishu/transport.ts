import type { Readable } from "node:stream";
import * as lark from "@larksuiteoapi/node-sdk";
import type { AxiosInstance, AxiosResponse } from "axios";
import { z } from "zod";
import { createAgents, createHttp, fillPath } from "./http.ts";
import type { Agents } from "./http.ts";
import type { Operation } from "./operations.ts";

export interface Outgoing {
  operation: Operation;
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  multipart?: boolean;
  range?: string;
  authorization: string | null;
}

export interface Reply {
  status: number;
  headers: Record<string, string>;
  logId: string | null;
}

/** `notSent` = no byte of it arrived; `unknown` = it may have been carried out. */
export type Outcome = JsonReply | FileReply | Silence;

export interface JsonReply extends Reply {
  kind: "json";
  body: unknown;
}

export interface FileReply extends Reply {
  kind: "file";
  stream: Readable;
}

export interface Silence {
  kind: "notSent" | "unknown";
  detail: string;
}

export interface Transport {
  send(outgoing: Outgoing, as: "json" | "stream"): Promise<Outcome>;
}

/** 20 MiB take longer than a line of JSON. */
const UPLOAD_FACTOR = 12;

const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

// The error itself goes no further: it holds the request with its tokens.
function lost(error: unknown): Silence {
  const code = z.object({ code: z.string() }).safeParse(error).data?.code ?? "no reply";
  return { kind: NOT_SENT.has(code) ? "notSent" : "unknown", detail: code };
}

function headersOf(response: AxiosResponse<unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

async function readText(body: unknown): Promise<string> {
  if (typeof body === "string") return body;
  const chunks: Buffer[] = [];
  for await (const chunk of body as Readable) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}

function isFile(reply: Reply, body: unknown): body is Readable {
  const type = reply.headers["content-type"] ?? "";
  return (
    reply.status < 300 &&
    typeof body !== "string" &&
    (!type.includes("application/json") || "content-disposition" in reply.headers)
  );
}

async function outcomeOf(response: AxiosResponse<unknown>): Promise<Outcome> {
  const headers = headersOf(response);
  const reply: Reply = { status: response.status, headers, logId: headers["x-tt-logid"] ?? null };
  if (isFile(reply, response.data)) return { ...reply, kind: "file", stream: response.data };
  const text = await readText(response.data);
  try {
    return { ...reply, kind: "json", body: JSON.parse(text) };
  } catch {
    if (response.status >= 400)
      return { ...reply, kind: "json", body: { code: -1, msg: "no JSON in the reply" } };
    return { kind: "unknown", detail: `HTTP ${response.status} without JSON` };
  }
}

const nothing = (): void => undefined;
const SILENT = {
  error: nothing,
  warn: nothing,
  info: nothing,
  debug: nothing,
  trace: nothing,
};

type HttpInstance = NonNullable<ConstructorParameters<typeof lark.Client>[0]["httpInstance"]>;

// The SDK documents an axios instance here; only its declared option types differ from this axios version's.
const asHttpInstance = (instance: AxiosInstance): HttpInstance => instance as unknown as HttpInstance;

/** One HTTP exchange through the SDK's client; nothing is judged or repeated here. */
export function createTransport(options: {
  appId: string;
  appSecret: string;
  domain: string;
  timeoutMs: number;
  agents?: Agents;
}): Transport {
  const { appId, appSecret, domain, timeoutMs } = options;
  const sdk = new lark.Client({
    appId,
    appSecret,
    domain,
    httpInstance: asHttpInstance(createHttp(domain, timeoutMs)),
    disableTokenCache: true,
    // Its own lines hold whole requests, with tokens and people's words; level 0 (fatal) is taken for unset.
    logger: SILENT,
    loggerLevel: lark.LoggerLevel.error,
  });
  const own = createAgents();

  return {
    async send({ operation, path, query, body, multipart, range, authorization }, as) {
      const url = fillPath(operation.path, path);
      const agents = options.agents ?? (operation.retry === "read" ? own.reads : own.writes);
      const headers = {
        ...(multipart ? { "Content-Type": "multipart/form-data" } : {}),
        ...(range ? { Range: range } : {}),
        ...(authorization ? { Authorization: authorization } : {}),
      };
      try {
        const response = await sdk.request<AxiosResponse<unknown>>({
          method: operation.method,
          url,
          params: query,
          data: body,
          headers,
          responseType: as === "stream" ? "stream" : "text",
          timeout: operation.lane === "upload" ? timeoutMs * UPLOAD_FACTOR : timeoutMs,
          httpAgent: agents.http,
          httpsAgent: agents.https,
        });
        return await outcomeOf(response);
      } catch (error) {
        return lost(error);
      }
    },
  };
}
