import { createHash, createDecipheriv } from "node:crypto";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  raw: string;
  /** The decrypted JSON. */
  message: { [key: string]: unknown };
}

type Answer = { status?: number; body?: unknown; delayMs?: number; drop?: boolean };

/** AES-256-CBC under sha256(key), IV in front: written here anew, from facts.md §2.2, not taken from the sandbox. */
export function decrypt(encryptKey: string, encrypted: string): string {
  const bytes = Buffer.from(encrypted, "base64");
  const key = createHash("sha256").update(encryptKey).digest();
  const decipher = createDecipheriv("aes-256-cbc", key, bytes.subarray(0, 16));
  return Buffer.concat([decipher.update(bytes.subarray(16)), decipher.final()]).toString("utf8");
}

/** A small app that receives events and card callbacks; `answer` decides what it says to everything but the challenge. */
export async function startAppServer(encryptKey: string) {
  const received: Received[] = [];
  const state = { answer: (_message: Received): Answer => ({}), challenge: true };
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const raw = Buffer.concat(chunks).toString("utf8");
      const outer = JSON.parse(raw) as { encrypt?: string };
      const message = (
        outer.encrypt === undefined ? outer : JSON.parse(decrypt(encryptKey, outer.encrypt))
      ) as Received["message"];
      const one = { path: request.url ?? "", headers: request.headers, raw, message };
      if (message["type"] === "url_verification" && state.challenge) {
        received.push(one);
        reply.end(JSON.stringify({ challenge: message["challenge"] }));
        return;
      }
      received.push(one);
      const { status = 200, body = {}, delayMs = 0, drop = false } = state.answer(one);
      setTimeout(() => {
        if (drop) request.socket.destroy();
        else
          reply
            .writeHead(status, { "content-type": "application/json" })
            .end(typeof body === "string" ? body : JSON.stringify(body));
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    state,
    events: () => received.filter(({ message }) => message["type"] !== "url_verification"),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export type AppServer = Awaited<ReturnType<typeof startAppServer>>;
