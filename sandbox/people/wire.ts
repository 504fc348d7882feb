import { z } from "zod";
import { Dump } from "./dump.ts";
import { type Message, messageSchema } from "./reading.ts";

const pressed = z.object({
  ok: z.boolean(),
  toast: z.unknown().optional(),
  code: z.number().nullish(),
  error: z.string().nullish(),
});

/** What a press gave: `ok` = the app answered in time with a reply Feishu accepts. */
export interface Pressed {
  ok: boolean;
  toast: string;
  code: number | null;
  /** The client itself said no, nothing reached the app. */
  refused: boolean;
}

export interface Press {
  as: string;
  message_id: string;
  button: string;
  form?: Record<string, string>;
}

/** The sandbox's levers as people use them. Every reply is parsed; a failure names method, path, status and reply. */
export class Wire {
  readonly url: string;
  constructor(url: string) {
    this.url = url.replace(/\/$/, "");
  }

  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const form = body instanceof FormData;
    const response = await fetch(this.url + path, {
      method,
      ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
      ...(body === undefined || form ? {} : { headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: HTTP ${response.status} ${text.slice(0, 400)}`);
    return text === "" ? {} : JSON.parse(text);
  }

  get(path: string): Promise<unknown> {
    return this.call("GET", path);
  }

  post(path: string, body: unknown): Promise<unknown> {
    return this.call("POST", path, body);
  }

  /** All messages changed after the `since`th change, oldest change first. */
  async inbox(since: number): Promise<Message[]> {
    const reply = z
      .object({ messages: z.array(messageSchema) })
      .parse(await this.get(`/sandbox/inbox/all?since=${since}`));
    return reply.messages.sort((a, b) => a.n - b.n);
  }

  /** Presses a button by its label; a card that no longer has it answers `ok: false`. */
  async press(press: Press): Promise<Pressed> {
    const reply = pressed.parse(await this.post("/sandbox/cards/press", press));
    const code = reply.code ?? null;
    return {
      ok: reply.ok,
      toast: wordsOf(reply.toast) || (reply.error ?? ""),
      code,
      refused: !reply.ok && code === null,
    };
  }

  /** false = the person is invited to no event that starts then. */
  async rsvp(who: string, start: number, answer: "accept" | "decline"): Promise<boolean> {
    return z
      .object({ ok: z.boolean() })
      .parse(await this.post(`/sandbox/people/${who}/rsvp`, { start, status: answer })).ok;
  }

  async leave(who: string, leave: { kind: string; from: number; to: number }): Promise<void> {
    await this.post(`/sandbox/people/${who}/leave`, { type: leave.kind, from: leave.from, to: leave.to });
  }

  async busy(who: string, busy: { summary: string; from: number; to: number }): Promise<void> {
    await this.post(`/sandbox/people/${who}/busy`, { summary: busy.summary, from: busy.from, to: busy.to });
  }

  async resign(who: string): Promise<void> {
    await this.post(`/sandbox/people/${who}/resign`, {});
  }

  async dump(base: string): Promise<Dump> {
    return new Dump(await this.get(`/sandbox/bases/${base}/dump`));
  }

  /** Puts a file into a Base as a person; the token to write into an attachment cell of that Base. */
  async upload(who: string, base: string, name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const form = new FormData();
    form.set("as", who);
    form.set("base", base);
    form.set("name", name);
    form.set("file", new Blob([bytes]), name);
    return z.object({ file_token: z.string() }).parse(await this.post("/sandbox/act/upload", form))
      .file_token;
  }

  /** Answers a table's shared form, which takes people who cannot open the Base. */
  async submit(who: string, base: string, table: string, fields: Record<string, unknown>): Promise<void> {
    const form = await this.#formOf(base, table);
    await this.post("/sandbox/act", { as: who, do: "form.submit", base, table, form, fields });
  }

  readonly #forms = new Map<string, string>();

  async #formOf(base: string, table: string): Promise<string> {
    const known = this.#forms.get(`${base}/${table}`);
    if (known) return known;
    const found = (await this.dump(base)).form(table);
    this.#forms.set(`${base}/${table}`, found);
    return found;
  }

  /** Changes cells of one row by hand. */
  async write(
    who: string,
    base: string,
    table: string,
    record: string,
    fields: Record<string, unknown>,
  ): Promise<void> {
    await this.post("/sandbox/act", { as: who, base, table, update: [{ record_id: record, fields }] });
  }
}

function wordsOf(toast: unknown): string {
  if (typeof toast === "string") return toast;
  if (typeof toast !== "object" || toast === null) return "";
  return "content" in toast && typeof toast.content === "string" ? toast.content : "";
}
