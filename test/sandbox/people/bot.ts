import { serve, type ServerType } from "@hono/node-server";
import { z } from "zod";
import type { Company } from "#sandbox/case/generate.ts";
import { openEnvelope } from "#server/feishu/verify.ts";
import type { OnSandbox } from "#test/server/feishu/on-sandbox.ts";

export interface Bot {
  /** Sends a card to a person (ou_…) or a chat (oc_…); returns the message id. */
  send(to: string, title: string, lines: string[], buttons: string[]): Promise<string>;
  change(message: string, title: string, lines: string[], buttons: string[]): Promise<void>;
  /** open_ids of whoever pressed a button of this label, in order. */
  pressed(label: string): string[];
  /** What was written into forms. */
  written(): string[];
  close(): Promise<void>;
}

interface Look {
  title: string;
  lines: string[];
  buttons: string[];
  /** A field and the button that sends it. */
  form?: string;
}

const press = z.object({
  operator: z.object({ open_id: z.string() }),
  action: z.object({
    value: z.object({ label: z.string() }).optional(),
    form_value: z.record(z.string(), z.string()).optional(),
  }),
});

/** The smallest app that can hold a conversation: sends cards, notes presses, asks for a sentence after a rating. */
export async function startBot({ sandbox }: OnSandbox, of: Company): Promise<Bot> {
  const presses: { who: string; label: string }[] = [];
  const words: string[] = [];
  const answer = (raw: unknown): object => {
    const { operator, action } = press.parse(raw);
    const label = action.value?.label ?? "";
    presses.push({ who: operator.open_id, label });
    words.push(...Object.values(action.form_value ?? {}).filter((text) => text !== ""));
    if (/^[1-5] /.test(label))
      return raised({
        title: "收到,想补一句吗?",
        lines: [],
        buttons: ["重选", "写句感谢(署名)"],
        form: "提交",
      });
    if (label === "重选")
      return raised({
        title: "《报警代码速查》对你有用吗?",
        lines: [],
        buttons: ["5 很有用", "4 有用", "3 一般", "2 不太有用", "1 没帮助"],
      });
    if (label.startsWith("写句感谢"))
      return raised({ title: "写句感谢给 张三", lines: ["这句会署名。"], buttons: [], form: "发给 TA" });
    if (label === "签到") return { toast: { type: "success", content: "已签到,欢迎!" } };
    return raised({ title: "", lines: [`已收到:${label}`], buttons: [] });
  };
  const keys = { encryptKey: of.app.encrypt_key, verificationToken: of.app.verification_token };
  const server = await listening(async (request) => {
    const raw = new Uint8Array(await request.arrayBuffer());
    const opened = openEnvelope(raw, request.headers, { ...keys, now: sandbox.kernel.now() });
    if (opened.kind === "challenge") return Response.json({ challenge: opened.challenge });
    return Response.json(opened.kind === "card" ? answer(opened.event) : {});
  });
  const saved = await sandbox.lever("POST", "/apps", { appId: of.app.app_id, cardUrl: server.url });
  if (saved.status !== 200) throw new Error(JSON.stringify(saved.json));
  const call = async (
    method: string,
    path: string,
    body: object,
    query: Record<string, string>,
    token: string,
  ) => {
    const { json } = await sandbox.api(method, path, body, query, token);
    if (json.code !== 0) throw new Error(JSON.stringify(json));
    return json.data;
  };
  let last = { text: "", until: 0 };
  const token = async () => {
    if (sandbox.kernel.now() < last.until) return last.text;
    const given = { app_id: of.app.app_id, app_secret: of.app.app_secret };
    const { json } = await sandbox.api("POST", "/auth/v3/tenant_access_token/internal", given, {}, "");
    last = { text: z.string().parse(json["tenant_access_token"]), until: sandbox.kernel.now() + 3_600_000 };
    return last.text;
  };
  return {
    async send(to, title, lines, buttons) {
      const body = {
        receive_id: to,
        msg_type: "interactive",
        content: JSON.stringify(card({ title, lines, buttons })),
      };
      const data = await call(
        "POST",
        "/im/v1/messages",
        body,
        { receive_id_type: to.startsWith("oc_") ? "chat_id" : "open_id" },
        await token(),
      );
      return z.string().parse(data["message_id"]);
    },
    async change(message, title, lines, buttons) {
      await call(
        "PATCH",
        `/im/v1/messages/${message}`,
        { content: JSON.stringify(card({ title, lines, buttons })) },
        {},
        await token(),
      );
    },
    pressed: (label) => presses.filter((entry) => entry.label === label).map((entry) => entry.who),
    written: () => words,
    close: server.close,
  };
}

function raised(look: Look): object {
  return { card: { type: "raw", data: card(look) } };
}

function card({ title, lines, buttons, form }: Look): object {
  const button = (label: string) => ({
    tag: "button",
    text: { tag: "plain_text", content: label },
    behaviors: [{ type: "callback", value: { label } }],
  });
  const field = {
    tag: "input",
    name: "words",
    required: false,
    max_length: 200,
    placeholder: { tag: "plain_text", content: "哪一点会用上?" },
  };
  const elements = [
    ...(lines.length > 0 ? [{ tag: "markdown", content: lines.join("\n") }] : []),
    ...(form
      ? [
          {
            tag: "form",
            name: "f",
            elements: [field, { ...button(form), name: "send", form_action_type: "submit" }],
          },
        ]
      : []),
    ...buttons.map(button),
  ];
  const header =
    title === "" ? {} : { header: { title: { tag: "plain_text", content: title }, template: "blue" } };
  return { schema: "2.0", config: { update_multi: true }, ...header, body: { elements } };
}

function listening(
  handle: (request: Request) => Promise<Response>,
): Promise<{ url: string; close: () => Promise<void> }> {
  return new Promise((resolve) => {
    const server: ServerType = serve({ fetch: handle, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed());
          if ("closeAllConnections" in server) server.closeAllConnections();
        });
      resolve({ url: `http://127.0.0.1:${port}/`, close });
    });
  });
}
