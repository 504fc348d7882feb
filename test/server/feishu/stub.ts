import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createGateway } from "#server/feishu/gateway.ts";
import type { Gateway, GatewayOptions } from "#server/feishu/gateway.ts";
import type { Clock } from "#server/clock.ts";

export const SECRET = "s3cr3t-of-the-app";

export interface Seen {
  method: string;
  url: string;
  authorization: string | undefined;
  body: string;
}

/** Answers one call; `index` counts the calls that are not for a tenant token, from 0. */
export type Answer = (response: ServerResponse, seen: Seen, index: number) => void;

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "x-tt-logid": "log-1",
    ...headers,
  });
  response.end(JSON.stringify(body));
}

/** A clock that stands still until somebody waits, and then is there. `waits` are the ms waited. */
function jumpingClock(start = Date.UTC(2026, 8, 1, 1)): Clock & { waits: number[]; pass(ms: number): void } {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    pass: (ms) => {
      now += ms;
    },
    now: () => now,
    until(at) {
      if (at > now) {
        waits.push(at - now);
        now = at;
      }
      return Promise.resolve();
    },
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += String(chunk);
  return body;
}

export interface Stub {
  gateway: Gateway;
  clock: ReturnType<typeof jumpingClock>;
  calls: Seen[];
  tokensIssued(): number;
  lines: string[];
  close(): Promise<void>;
}

/** A server for transport faults only: what the local Feishu does, is asked of the sandbox. */
export async function startStub(answer: Answer, options: Partial<GatewayOptions> = {}): Promise<Stub> {
  const calls: Seen[] = [];
  let tokens = 0;
  const server = createServer((request, response) => {
    void readBody(request).then((body) => {
      if (request.url?.includes("tenant_access_token")) {
        tokens += 1;
        return json(response, 200, { code: 0, msg: "ok", tenant_access_token: `t-${tokens}`, expire: 7200 });
      }
      const seen = {
        method: request.method ?? "",
        url: request.url ?? "",
        authorization: request.headers.authorization,
        body,
      };
      calls.push(seen);
      return answer(response, seen, calls.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const clock = jumpingClock();
  const lines: string[] = [];
  const log = (fields: Record<string, unknown>, message: string) =>
    void lines.push(JSON.stringify({ ...fields, message }));
  const gateway = createGateway({
    appId: "cli_5ec7e20000000001",
    appSecret: SECRET,
    domain: `http://127.0.0.1:${port}`,
    clock,
    log: { debug: log, warn: log },
    random: () => 0.5,
    timeoutMs: 300,
    ...options,
  });
  return {
    gateway,
    clock,
    calls,
    lines,
    tokensIssued: () => tokens,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
