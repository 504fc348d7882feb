import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer, type WebSocket } from "ws";
import { onHappened } from "../../api/bitable/announce.ts";
import { bitable } from "../../api/bitable/model.ts";
import { directory } from "../../api/directory.ts";
import type { Core } from "../../core.ts";
import { differences, outline, seen } from "./changes.ts";
import { openFor } from "./open-for.ts";

const PATH = "/sandbox/host/changes";
/** Real ms in which changes of the Base's build are gathered. */
const GATHER_MS = 30;

/**
 * Live changes of a Base for a page: `ws://…/sandbox/host/changes?base=…&as=…`. A web socket, since a browser holds only six
 * other connections to one address open, over all its windows. Returns how to end it.
 */
export function attachChanges(server: Server, core: Core): () => void {
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    if (url.pathname !== PATH) return;
    const [base, as] = [url.searchParams.get("base") ?? "", url.searchParams.get("as") ?? ""];
    const known = bitable(core.kernel.state).bases[base] && directory(core.kernel.state).people[as];
    // Any page of the web may open a socket: only our own is answered.
    const own = request.headers.origin === `http://${request.headers.host}`;
    if (known && own) sockets.handleUpgrade(request, socket, head, (ws) => follow(core, ws, base, as));
    else socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
  });
  return () => {
    for (const ws of sockets.clients) ws.terminate();
    sockets.close();
  };
}

function follow({ kernel, watchers }: Core, ws: WebSocket, token: string, as: string): void {
  let known = outline(openFor(kernel, token, as));
  let waiting: NodeJS.Timeout | null = null;
  const send = (change: unknown) => ws.send(JSON.stringify(change));
  const look = () => {
    waiting = null;
    const now = outline(openFor(kernel, token, as));
    for (const change of differences(known, now)) send(change);
    known = now;
  };
  const leave = watchers.join(() => (waiting ??= setTimeout(look, GATHER_MS)));
  const stop = onHappened(kernel, (base, happened) => {
    const change = base.token === token ? seen(openFor(kernel, token, as), happened) : null;
    if (change) send(change);
  });
  ws.on("error", () => ws.terminate());
  ws.on("close", () => {
    leave();
    stop();
    if (waiting) clearTimeout(waiting);
  });
}
