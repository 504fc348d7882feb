import { z } from "zod";

/** What a plugin posts, as the SDK wraps it. Values inside calls are judged by the methods. */
const envelope = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("handshake"),
    id: z.string(),
    payload: z.object({ proactive: z.boolean() }),
  }),
  z.object({
    type: z.literal("invoke"),
    id: z.string(),
    payload: z.object({
      key: z.string(),
      params: z.array(z.object({ c: z.array(z.unknown()).default([]), p: z.array(z.unknown()).default([]) })),
    }),
  }),
]);

export type Incoming = z.infer<typeof envelope>;
export type Invoke = Extract<Incoming, { type: "invoke" }>;

/** The message, or null: other code in the plugin may post to its parent as well. */
export function incoming(data: unknown): Incoming | null {
  const parsed = envelope.safeParse(data);
  return parsed.success ? parsed.data : null;
}

/** The iframe a plugin lives in, seen from here: only its own window and origin count. */
export interface Line {
  post(message: Record<string, unknown>): void;
  close(): void;
}

/** Listens to the plugin's window. Call it before the iframe has an address: the first message leaves at once. */
export function openLine(
  iframe: HTMLIFrameElement,
  url: URL,
  heard: (message: Incoming) => void,
  ignored: (why: string) => void,
): Line {
  // A sandboxed frame without `allow-same-origin` has no origin to aim at.
  const opaque = iframe.hasAttribute("sandbox") && !iframe.sandbox.contains("allow-same-origin");
  const origin = opaque ? "null" : url.origin;
  const receive = (event: MessageEvent) => {
    if (event.source === null || event.source !== iframe.contentWindow) return;
    if (event.origin !== origin) {
      ignored(`a message from ${event.origin}: the plugin is at ${origin}`);
      return;
    }
    const message = incoming(event.data);
    if (message) heard(message);
  };
  window.addEventListener("message", receive);
  return {
    post: (message) => iframe.contentWindow?.postMessage(message, opaque ? "*" : origin),
    close: () => window.removeEventListener("message", receive),
  };
}
