import { and, eq } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { UncertainError } from "../../errors.ts";
import { getRecord } from "../records/read.ts";
import type { Delivered, Item } from "./delivery.ts";

/** The steps that are done, kept on the queue row so that a retry goes on where the last try ended. */
type Steps = { asked?: boolean; documentId?: string; filled?: boolean; handing?: boolean };

/**
 * A pre-filled outline: created in the app's space, filled from the template, then handed over to the lecturer, for a
 * document of the app is open to nobody (decisions.md 18).
 */
export async function deliverOutline(ctx: Ctx, { row, effect }: Item<"outline.create">): Promise<Delivered> {
  const template = await getRecord(ctx, "templates", effect.template);
  const session = await getRecord(ctx, "sessions", effect.session);
  if (!template?.outline) return { state: "dropped", why: "the template has no outline" };
  if (!session) return { state: "dropped", why: "the session is gone" };
  const steps: Steps = (row.result as Steps | null) ?? {};
  if (!steps.documentId) {
    // Creating a document carries no token and cannot be looked up: a second try could leave two.
    if (steps.asked) return { state: "uncertain", why: "the document may have been made already" };
    const topic = session.topic ? await getRecord(ctx, "topics", session.topic) : null;
    const title = session.title ?? topic?.name ?? template.name ?? "";
    await remember(ctx, row.id, { asked: true });
    steps.documentId = await createOnce(ctx, row.id, title.slice(0, 800));
    await remember(ctx, row.id, steps);
  }
  if (!steps.filled) {
    await ctx.feishu.docs.appendBlocks(steps.documentId, template.outline, { key: row.key });
    steps.filled = true;
    await remember(ctx, row.id, steps);
  }
  await handOver(ctx, row.id, steps, effect.lecturer);
  // oxlint-disable-next-line unicorn/no-thenable -- the effects that follow, never awaited
  return { state: "done", result: steps, then: [ready(ctx, effect, steps.documentId)] };
}

/** Once handed over, the app is no owner any more and Feishu refuses a second time: after a lost reply we look first. */
async function handOver(ctx: Ctx, row: number, steps: Steps, lecturer: string): Promise<void> {
  const document = steps.documentId!;
  if (steps.handing) {
    const members = await ctx.feishu.drive.listMembers(document, "docx");
    if (members.some(({ memberId, perm }) => memberId === lecturer && perm === "full_access")) return;
  }
  steps.handing = true;
  await remember(ctx, row, steps);
  await ctx.feishu.drive.transferOwner(document, "docx", lecturer);
}

/** A refusal is certain, and leaves the way open for another try; only silence is not. */
async function createOnce(ctx: Ctx, row: number, title: string): Promise<string> {
  try {
    return (await ctx.feishu.docs.createDocument({ title })).documentId;
  } catch (error) {
    if (!(error instanceof UncertainError)) await remember(ctx, row, {});
    throw error;
  }
}

/** Told by card, with the way to the document (decisions.md 18). */
function ready(ctx: Ctx, effect: Item<"outline.create">["effect"], documentId: string): Effect {
  return {
    kind: "message",
    key: `ready:${effect.key}`,
    to: { person: effect.lecturer },
    audience: "lecturer",
    template: "outline.ready",
    data: { session: effect.session, document: ctx.feishu.docs.link(documentId) },
    session: effect.session,
    useUntil: ctx.clock.now() + 86_400_000,
    exempt: "on-request",
  };
}

async function remember(ctx: Ctx, id: number, steps: Steps): Promise<void> {
  await ctx.db
    .update(outbox)
    .set({ result: steps })
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.id, id)));
}
