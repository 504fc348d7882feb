import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { core } from "./core-state.ts";
import { CONTROL, DATA, decodeFrame, encodeFrame, header, type Frame } from "./frame.ts";
import type { Kernel } from "./kernel.ts";
import { ANSWER_MS } from "./transport.ts";

const PATH = "/callback/ws/connect";
const MAX_CONNECTIONS = 50;
/** A payload longer than this goes out in several frames. */
const FRAGMENT = 128 * 1024;
const CLIENT_CONFIG = { PingInterval: 120, ReconnectCount: -1, ReconnectInterval: 5, ReconnectNonce: 5 };

export type SocketAnswer =
  | { kind: "ack"; code: number; data: string }
  | { kind: "timeout" }
  | { kind: "gone" };

/** The long connection of facts.md §2.3: discovery, proto2 frames, acknowledgement within 3 s, neither signed nor encrypted. */
export function createLongConnection(kernel: Kernel) {
  const sockets = new WebSocketServer({ noServer: true });
  const live = new Map<string, WebSocket[]>();
  const tickets = new Map<string, string>();
  const waiting = new Map<string, (answer: SocketAnswer) => void>();
  let turn = 0;
  let seq = 0;

  /** `POST /callback/ws/endpoint`: names in capitals, as the service has them. */
  function endpoint(body: Record<string, unknown>, host: string): Record<string, unknown> {
    const app = kernel.apps[String(body["AppID"])];
    if (!app || app.appSecret !== body["AppSecret"])
      return { code: 514, msg: "auth failed: wrong AppID or AppSecret" };
    if (connected(app.appId) >= MAX_CONNECTIONS)
      return { code: 1000040350, msg: "the number of connections exceeded the limit" };
    const ticket = kernel.id("", 32);
    tickets.set(ticket, app.appId);
    // The SDK parses the whole URL as a query, so the first parameter is lost to it: it must not be device_id or service_id.
    const query = `fpid=493&aid=552564&device_id=${ticket.slice(0, 12)}&access_key=${ticket}&service_id=33554678&ticket=${ticket}`;
    return { code: 0, msg: "", data: { URL: `ws://${host}${PATH}?${query}`, ClientConfig: CLIENT_CONFIG } };
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? "/", "http://sandbox");
    // Sockets of the pages are answered elsewhere.
    if (url.pathname.startsWith("/sandbox/")) return;
    const ticket = url.searchParams.get("ticket") ?? "";
    const appId = tickets.get(ticket);
    if (url.pathname !== PATH || appId === undefined) {
      socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      return;
    }
    tickets.delete(ticket);
    sockets.handleUpgrade(request, socket, head, (ws) => opened(ws, appId));
  }

  function opened(ws: WebSocket, appId: string): void {
    live.set(appId, [...(live.get(appId) ?? []), ws]);
    core(kernel.state).longConnection[appId] = true;
    ws.on("message", (data: Buffer) => {
      try {
        received(ws, data);
      } catch {
        // Bytes that are no frame: a protocol error, as RFC 6455 closes it.
        ws.close(1002);
      }
    });
    ws.on("error", () => ws.terminate());
    ws.on("close", () =>
      live.set(
        appId,
        (live.get(appId) ?? []).filter((one) => one !== ws),
      ),
    );
  }

  function received(ws: WebSocket, data: Buffer): void {
    const frame = decodeFrame(data);
    if (frame.method === CONTROL && header(frame, "type") === "ping") {
      const payload = Buffer.from(JSON.stringify(CLIENT_CONFIG));
      ws.send(encodeFrame({ ...frame, headers: [{ key: "type", value: "pong" }], payload }));
    } else if (frame.method === DATA) waiting.get(header(frame, "message_id"))?.(acknowledged(frame));
  }

  /** Cluster mode: each message goes to one of the app's connections, in turn. */
  function send(appId: string, messageId: string, text: string): Promise<SocketAnswer> {
    const open = live.get(appId) ?? [];
    const ws = open[(turn += 1) % Math.max(1, open.length)];
    if (!ws) return Promise.resolve({ kind: "gone" });
    return new Promise((resolve) => {
      const timer = setTimeout(() => done({ kind: "timeout" }), ANSWER_MS);
      const gone = (): void => done({ kind: "gone" });
      const done = (answer: SocketAnswer): void => {
        clearTimeout(timer);
        ws.off("close", gone);
        waiting.delete(messageId);
        resolve(answer);
      };
      ws.once("close", gone);
      waiting.set(messageId, done);
      for (const frame of fragments(messageId, text, () => (seq += 1))) ws.send(encodeFrame(frame));
    });
  }

  const connected = (appId: string): number => live.get(appId)?.length ?? 0;

  return {
    endpoint,
    send,
    connected,
    attach(server: Server): void {
      server.on("upgrade", upgrade);
    },
    close(): void {
      for (const list of live.values()) for (const ws of list) ws.terminate();
      sockets.close();
    },
  };
}

export type LongConnection = ReturnType<typeof createLongConnection>;

function* fragments(messageId: string, text: string, next: () => number): Generator<Frame> {
  const bytes = Buffer.from(text);
  const sum = Math.max(1, Math.ceil(bytes.length / FRAGMENT));
  for (let seq = 0; seq < sum; seq += 1) {
    const headers = Object.entries({
      type: "event",
      message_id: messageId,
      sum: String(sum),
      seq: String(seq),
      trace_id: messageId,
    });
    yield {
      SeqID: next(),
      LogID: 1,
      service: 33554678,
      method: DATA,
      headers: headers.map(([key, value]) => ({ key, value })),
      payload: bytes.subarray(seq * FRAGMENT, (seq + 1) * FRAGMENT),
    };
  }
}

function acknowledged(frame: Frame): SocketAnswer {
  const reply = JSON.parse(Buffer.from(frame.payload ?? []).toString("utf8") || "{}") as {
    code?: number;
    data?: string;
  };
  return {
    kind: "ack",
    code: reply.code ?? 0,
    data: reply.data === undefined ? "" : Buffer.from(reply.data, "base64").toString("utf8"),
  };
}
