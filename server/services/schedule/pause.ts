import { eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, workspace } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";

/**
 * 暂停这个群, or back to trial: at any time, by one tap. What comes due meanwhile is dropped where it is due, so that nothing is
 * sent later (texts.md §5.1).
 */
export async function restGroup(
  ctx: Ctx,
  input: { group: string; person: string; to: "paused" | "trial" },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  return transaction(ctx, async (tx) => {
    if (!(await isAdmin(tx, input.person)))
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const [space] = await tx.db
      .select()
      .from(workspace)
      .where(eq(workspace.id, tx.workspace.id))
      .for("update");
    const group = await getRecord(tx, "groups", input.group);
    if (!space || !group) return { toast: { type: "info", text: smallText("tooOld", language) } };
    const without = (list: string[]) => list.filter((id) => id !== input.group);
    await tx.db
      .update(workspace)
      .set({
        live: without(space.live),
        paused: input.to === "paused" ? [...without(space.paused), input.group] : without(space.paused),
      })
      .where(eq(workspace.id, space.id));
    await tx.db.insert(audit).values({
      workspace: space.id,
      actor: input.person,
      action: `group.${input.to}`,
      target: input.group,
      at: tx.now,
    });
    if (input.to === "trial")
      await post(tx, [
        {
          kind: "wake",
          key: `trial:${input.group}:${tx.now}`,
          at: tx.now,
          automation: "group.follow",
          input: { group: input.group },
        },
      ]);
    return { toast: { type: "success", text: words(group.name ?? "", input.to, language) } };
  });
}

function words(name: string, to: "paused" | "trial", language: "zh" | "en"): string {
  if (to === "paused")
    return language === "zh"
      ? `「${name}」已暂停，期间的消息不会补发。`
      : `"${name}" is paused; nothing due meanwhile is sent later.`;
  return language === "zh"
    ? `「${name}」回到试运行，消息只发给管理员。`
    : `"${name}" is back in trial; messages go to admins only.`;
}
