import { and, eq } from "drizzle-orm";
import type { Effect } from "#domain/effects.ts";
import type { Ctx } from "../../context.ts";
import { outbox } from "../../db/schema.ts";
import { UncertainError } from "../../errors.ts";
import type { Delivered, Item } from "./delivery.ts";

type DocumentEffect = Item<"document.create">["effect"];
/** The steps that are done, kept on the queue row so that a retry goes on where the last try ended. */
type Steps = { asked?: boolean; documentId?: string; filled?: boolean; handing?: boolean };

/** Longest title Feishu takes (facts.md). */
const LONGEST_TITLE = 800;

/**
 * A document: created in the app's space, filled, then handed over to its owner, for a document of the app is open to
 * nobody (decisions.md 18).
 */
export async function deliverDocument(
  ctx: Ctx,
  { row, effect }: Item<"document.create">,
): Promise<Delivered> {
  const steps: Steps = (row.result as Steps | null) ?? {};
  if (!steps.documentId) {
    // Creating a document carries no token and cannot be looked up: a second try could leave two.
    if (steps.asked) return { state: "uncertain", why: "the document may have been made already" };
    await remember(ctx, row.id, { asked: true });
    steps.documentId = await createOnce(ctx, row.id, effect.title.slice(0, LONGEST_TITLE));
    await remember(ctx, row.id, steps);
  }
  if (!steps.filled) {
    await ctx.feishu.docs.appendBlocks(steps.documentId, effect.text, { key: row.key });
    steps.filled = true;
    await remember(ctx, row.id, steps);
  }
  await handOver(ctx, row.id, steps, effect.owner);
  const told = ready(ctx, effect, steps.documentId);
  // oxlint-disable-next-line unicorn/no-thenable -- the effects that follow, never awaited
  return { state: "done", result: steps, then: told };
}

/** Once handed over, the app is no owner any more and Feishu refuses a second time: after a lost reply we look first. */
async function handOver(ctx: Ctx, row: number, steps: Steps, owner: string): Promise<void> {
  const document = steps.documentId!;
  if (steps.handing) {
    const members = await ctx.feishu.drive.listMembers(document, "docx");
    if (members.some(({ memberId, perm }) => memberId === owner && perm === "full_access")) return;
  }
  steps.handing = true;
  await remember(ctx, row, steps);
  await ctx.feishu.drive.transferOwner(document, "docx", owner);
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
function ready(ctx: Ctx, { key, owner, tell }: DocumentEffect, documentId: string): Effect[] {
  if (!tell) return [];
  return [
    {
      ...tell,
      kind: "message",
      key: `ready:${key}`,
      to: { person: owner },
      data: { ...tell.data, document: ctx.feishu.docs.link(documentId) },
      useUntil: ctx.clock.now() + 86_400_000,
      exempt: "on-request",
    },
  ];
}

async function remember(ctx: Ctx, id: number, steps: Steps): Promise<void> {
  await ctx.db
    .update(outbox)
    .set({ result: steps })
    .where(and(eq(outbox.workspace, ctx.workspace.id), eq(outbox.id, id)));
}
