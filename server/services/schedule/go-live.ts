import { eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import { messageDefault } from "#base/defaults/texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, workspace } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { comingMessages, type ComingMessage } from "../groups/coming-messages.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import type { SessionView } from "../sessions/facts.ts";
import { settleCards } from "../turns/settle.ts";

/** Lines of a card; the screen shows them all. */
const SHOWN = 3;
const readyKey = (group: string) => `group-ready:${group}`;

/**
 * The card that shows, before anyone is told, who will get what in the next seven days. `planned`: sessions that are just being
 * published, which no record shows yet.
 */
export async function groupReadyCard(
  ctx: Ctx,
  group: string,
  planned: readonly SessionView[],
): Promise<Effect | null> {
  const [admin] = ctx.workspace.admins;
  const row = await getRecord(ctx, "groups", group);
  if (!admin || !row) return null;
  const zh = ctx.settings.language === "zh";
  const coming = await comingMessages(ctx, group, planned);
  const trial = `${smallText("trialBar", ctx.settings.language)}${zh ? "启用后接下来 7 天：" : " Once live, the next 7 days:"}`;
  const none = zh ? "接下来 7 天没有分享，也就没有消息。" : "No sessions in the next 7 days, so no messages.";
  const more = coming.length - SHOWN;
  return {
    kind: "message",
    key: readyKey(group),
    to: { person: admin },
    audience: "admin",
    template: "group.ready",
    data: {
      groupId: group,
      group: row.name,
      items: [
        trial,
        ...(coming.length === 0 ? [none] : coming.slice(0, SHOWN).map((one) => comingLine(ctx, one))),
      ],
      ...(more > 0 ? { more } : {}),
    },
    useUntil: ctx.now + 60 * 86_400_000,
  };
}

/** 「明天(12月1日)10:50 · 邀请 · 张三」 */
function comingLine(ctx: Ctx, { at, template, to }: ComingMessage): string {
  const { language } = ctx.settings;
  const zh = language === "zh";
  const when = dateWords(at, { now: ctx.now, zone: ctx.workspace.timezone, language });
  const readers = {
    lecturer: "name" in to ? to.name : "",
    learners: zh ? "学员群" : "the learners' chat",
    attendees: zh ? "到场的学员" : "who was there",
  }[to.kind];
  return [when, messageDefault(template).name[language], readers].join(" · ");
}

/** 正式启用: from now on the group's messages go to whom they are for; what follows from its sessions is looked at anew. */
export async function goLive(ctx: Ctx, input: { group: string; person: string }): Promise<PressAnswer> {
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
    const text = language === "zh" ? `「${group.name}」已正式启用。` : `"${group.name}" is live.`;
    if (!space.live.includes(input.group)) {
      await tx.db
        .update(workspace)
        .set({ live: [...space.live, input.group], paused: space.paused.filter((id) => id !== input.group) })
        .where(eq(workspace.id, space.id));
      await tx.db.insert(audit).values({
        workspace: space.id,
        actor: input.person,
        action: "group.live",
        target: input.group,
        at: tx.now,
      });
      await post(tx, [
        {
          kind: "wake",
          key: `live:${input.group}:${tx.now}`,
          at: tx.now,
          automation: "group.follow",
          input: { group: input.group },
        },
        ...(await settleCards(tx, [readyKey(input.group)], text, "live")),
      ]);
    }
    return { card: { template: "settled", data: { text } } };
  });
}
