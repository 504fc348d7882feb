import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

export const html = (script: string, body = "") =>
  `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><body>${body}<script type="module">${script.replaceAll("</script", "<\\/script")}</script>`;

/** Pages on an origin of their own; what is none goes on to `behind`, as with a reverse proxy. */
export async function servePages(page: (path: string) => Promise<string | null>, behind?: string) {
  const server = createServer((incoming, response) => {
    void answer(incoming, response);
  });
  async function answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = await page(incoming.url ?? "/");
    if (found !== null) {
      response.setHeader("content-type", "text/html; charset=utf-8");
      response.end(found);
    } else if (behind) passOn(behind, incoming, response);
    else response.writeHead(404).end();
  }
  if (behind) server.on("upgrade", (incoming, socket, head) => tunnel(behind, incoming, socket, head));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close(): Promise<void> {
      const ended = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return ended;
    },
  };
}

function passOn(behind: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method, headers, url = "/" } = incoming;
  const onward = request(new URL(url, behind), { method, headers }, (reply) => {
    response.writeHead(reply.statusCode ?? 502, reply.headers);
    reply.pipe(response);
    response.on("close", () => reply.destroy());
  });
  onward.on("error", () => response.destroy());
  incoming.pipe(onward);
}

/** A web socket goes through as it is. */
function tunnel(behind: string, incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { hostname, port } = new URL(behind);
  const onward = connect(Number(port), hostname, () => {
    const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
      values.map((value) => `${name}: ${value}`),
    );
    onward.write([`${incoming.method} ${incoming.url} HTTP/1.1`, ...headers, "", ""].join("\r\n"));
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.on("error", () => socket.destroy());
  socket.on("error", () => onward.destroy());
}
