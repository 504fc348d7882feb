import type { App, CallbackReply, Kernel } from "./kernel.ts";
import { envelope, sealed } from "./envelope.ts";
import type { Faults } from "./faults.ts";
import type { LongConnection } from "./long-connection.ts";
import type { OutgoingLog } from "./outgoing-log.ts";
import { post } from "./transport.ts";

/** What a Feishu client shows when a press goes wrong (facts.md §7.4). */
const fail = (code: number, msg: string): CallbackReply => ({ code, msg });
const NOT_CONFIGURED = fail(200340, "the app has configured no address for card callbacks");
const TIMEOUT = fail(200341, "the app did not answer within 3 s");

/** A card callback: sent once, answered within 3 s, never pushed again, whatever comes back. */
export async function sendCallback(
  kernel: Kernel,
  links: { faults: Faults; longConnection: LongConnection; log: OutgoingLog },
  app: App,
  event: Record<string, unknown>,
  type: string,
): Promise<CallbackReply> {
  if (!app.callbacks.includes(type)) return NOT_CONFIGURED;
  const { id, text } = envelope(kernel, app, type, event, { schema: "2.0", micros: true });
  const overSocket = app.cardUrl === null && links.longConnection.connected(app.appId) > 0;
  if (app.cardUrl === null && !overSocket) return NOT_CONFIGURED;
  const reply = overSocket
    ? await bySocket(links.longConnection, app.appId, id, text)
    : await byWebhook(app.cardUrl ?? "", app, text, kernel.now(), id);
  links.log.add({
    id,
    appId: app.appId,
    type,
    attempt: 1,
    ok: reply.code === 0,
    detail: String(reply.code),
    at: kernel.now(),
  });
  return links.faults.forEvent(type, ["reply-loss"]) ? fail(200342, "the answer was lost on the way") : reply;
}

async function bySocket(
  links: LongConnection,
  appId: string,
  id: string,
  text: string,
): Promise<CallbackReply> {
  const answer = await links.send(appId, id, text);
  if (answer.kind === "timeout") return TIMEOUT;
  if (answer.kind === "gone") return fail(200342, "the long connection broke");
  if (answer.code !== 200) return fail(200671, `the app's handler failed (${answer.code})`);
  return answer.data === "" ? { code: 0, answer: {} } : judge(answer.data);
}

async function byWebhook(
  url: string,
  app: App,
  text: string,
  now: number,
  salt: string,
): Promise<CallbackReply> {
  const { body, headers } = sealed(app, text, now, salt);
  const posted = await post(url, body, headers);
  if (posted.kind === "timeout") return TIMEOUT;
  if (posted.kind === "unreachable") return fail(200342, `not reachable: ${posted.why}`);
  if (posted.status !== 200) return fail(200671, `the app answered HTTP ${posted.status}`);
  return judge(posted.text);
}

function judge(text: string): CallbackReply {
  const body = parsed(text);
  if (body === null) return fail(200672, "the answer is not a JSON object");
  const unknown = Object.keys(body).filter((key) => key !== "toast" && key !== "card");
  if (unknown.length > 0) return fail(200673, `the answer has unknown keys: ${unknown.join(", ")}`);
  return toastIsSound(body["toast"]) && cardIsSound(body["card"])
    ? { code: 0, answer: body }
    : fail(200673, "the toast or card of the answer is malformed");
}

function parsed(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function toastIsSound(toast: unknown): boolean {
  if (toast === undefined) return true;
  if (!isObject(toast)) return false;
  const kind = toast["type"];
  return (
    (kind === undefined || ["info", "success", "error", "warning"].includes(kind as string)) &&
    (typeof toast["content"] === "string" || isObject(toast["i18n"]))
  );
}

function cardIsSound(card: unknown): boolean {
  if (card === undefined) return true;
  return isObject(card) && (card["type"] === "raw" || card["type"] === "template") && isObject(card["data"]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
