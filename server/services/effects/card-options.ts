import type { CardOptions, Ctx } from "../../context.ts";

/** What every card of a workspace is drawn with. */
export function cardOptions(ctx: Ctx, key?: string, trialFor?: string): CardOptions {
  return {
    language: ctx.settings.language,
    texts: ctx.texts,
    now: ctx.clock.now(),
    zone: ctx.workspace.timezone,
    publicUrl: ctx.publicUrl,
    workspace: ctx.workspace.id,
    key,
    trialFor,
  };
}
