import { Hono } from "hono";
import type { Logger } from "pino";
import { z } from "zod";
import type { PressAnswer, Press } from "#automations/define.ts";
import type { Clock } from "../clock.ts";
import type { Ctx, Workspace } from "../context.ts";
import type { Db } from "../db/client.ts";
import { enqueue } from "../db/outbox.ts";
import { inbox } from "../db/schema.ts";
import { RefusedEnvelopeError } from "../errors.ts";
import { openEnvelope, type Envelope } from "../feishu/verify.ts";

export interface FeishuRouteOptions {
  db: Db;
  clock: Clock;
  log: Logger;
  keys: { encryptKey: string; verificationToken: string };
  workspaces: () => Promise<Workspace[]>;
  contextOf(workspace: Workspace, actor: string): Promise<Ctx>;
  press(ctx: Ctx, press: Press): Promise<PressAnswer | null>;
  drawAnswer(
    ctx: Ctx,
    answer: PressAnswer,
    pressed: { messageId: string | null; person: string },
  ): Promise<Record<string, unknown>>;
  wake(): void;
}

type Event = Extract<Envelope, { kind: "event" | "card" }>;

/** What Feishu sends us: verified on the raw bytes, stored, answered; the work is done afterwards. */
export function feishuRoutes(options: FeishuRouteOptions) {
  const receive = async (request: Request): Promise<Response> => {
    const raw = new Uint8Array(await request.arrayBuffer());
    let opened: Envelope;
    try {
      opened = openEnvelope(raw, request.headers, { ...options.keys, now: options.clock.now() });
    } catch (error) {
      if (!(error instanceof RefusedEnvelopeError)) throw error;
      options.log.warn({ reason: error.message }, "an envelope was refused");
      return Response.json({ error: "refused" }, { status: 401 });
    }
    if (opened.kind === "challenge") return Response.json({ challenge: opened.challenge });
    if (opened.kind === "card") return Response.json(await answerCard(options, opened));
    await storeEvent(options, opened);
    options.wake();
    return Response.json({});
  };
  return new Hono().post("/events", (c) => receive(c.req.raw)).post("/cards", (c) => receive(c.req.raw));
}

/** Once by event id; one run a workspace it concerns. */
async function storeEvent({ db, clock, workspaces }: FeishuRouteOptions, event: Event): Promise<void> {
  const spaces = await workspaces();
  await db.transaction(async (tx) => {
    const fresh = await tx
      .insert(inbox)
      .values({
        eventId: event.id,
        type: event.type,
        payload: event.event,
        eventAt: event.createTimeMs,
        receivedAt: clock.now(),
      })
      .onConflictDoNothing()
      .returning({ id: inbox.eventId });
    if (fresh.length === 0) return;
    const token = event.event["file_token"];
    const concerned = spaces.filter(
      (space) => token === undefined || token === space.appToken || token === space.adminToken,
    );
    const rows = concerned.map((space) => ({
      workspace: space.id,
      key: `event:${event.id}`,
      lane: `run:${space.id}`,
      kind: "event",
      effect: { eventId: event.id },
      notBefore: clock.now(),
    }));
    await enqueue(tx as Db, rows, clock.now());
  });
}

const cardEvent = z.looseObject({
  operator: z.looseObject({ open_id: z.string().min(1) }),
  action: z.looseObject({
    value: z.looseObject({ act: z.string(), w: z.string() }),
    form_value: z.record(z.string(), z.unknown()).optional(),
    option: z.string().optional(),
    input_value: z.string().optional(),
    name: z.string().optional(),
  }),
  context: z
    .looseObject({ open_message_id: z.string().optional(), open_chat_id: z.string().optional() })
    .optional(),
});

const KIND = {
  zh: { old: "这张卡片对应的内容已经不在了。", failed: "刚才没成功，请再点一次。" },
  en: { old: "What this card was about is gone.", failed: "That did not work. Please tap again." },
};

/**
 * A pressed button. The person is Feishu's operator; the value only says what was tapped and is checked by the verb. Nothing
 * of it is stored or logged here: ratings pass this way (design.md §6).
 */
async function answerCard(options: FeishuRouteOptions, card: Event): Promise<Record<string, unknown>> {
  const parsed = cardEvent.safeParse(card.event);
  if (!parsed.success) return { toast: { type: "info", content: KIND.zh.old } };
  const { operator, action, context } = parsed.data;
  const space = (await options.workspaces()).find(({ id }) => id === action.value.w);
  if (!space) return { toast: { type: "info", content: KIND.zh.old } };
  const ctx = await options.contextOf(space, operator.open_id);
  const words = KIND[ctx.settings.language];
  try {
    const { w: _workspace, ...value } = action.value;
    const answer = await options.press(ctx, {
      eventId: card.id,
      person: operator.open_id,
      act: value.act,
      value,
      form: {
        ...action.form_value,
        ...(action.input_value === undefined ? {} : { input: action.input_value }),
      },
      option: action.option ?? null,
      messageId: context?.open_message_id ?? null,
      chatId: context?.open_chat_id ?? null,
    });
    options.wake();
    if (!answer) return { toast: { type: "info", content: words.old } };
    return await options.drawAnswer(ctx, answer, {
      messageId: context?.open_message_id ?? null,
      person: operator.open_id,
    });
  } catch (error) {
    // The act's name only: who pressed it, and with what, stays out of the log.
    options.log.error(
      { act: action.value.act, error: error instanceof Error ? error.message : String(error) },
      "a press failed",
    );
    return { toast: { type: "error", content: words.failed } };
  }
}
