import { eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { dateWords } from "#domain/messages/dates.ts";
import { transaction, type Ctx } from "../../context.ts";
import { audit, workspace } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord } from "../records/read.ts";
import { viewOf, type SessionView } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { settleCards } from "../turns/settle.ts";

const WEEK = 7 * 86_400_000;
const readyKey = (group: string) => `group-ready:${group}`;

/** The card that shows, before anyone is told, who will get what in the next seven days. */
export async function groupReadyCard(ctx: Ctx, group: string): Promise<Effect | null> {
  const [admin] = ctx.workspace.admins;
  const row = await getRecord(ctx, "groups", group);
  if (!admin || !row) return null;
  const { language } = ctx.settings;
  const reading = { now: ctx.now, zone: ctx.workspace.timezone, language };
  const sessions = (await upcomingSessions(ctx, group)).filter(({ start }) => start! < ctx.now + WEEK);
  const views: SessionView[] = [];
  for (const session of sessions.slice(0, 3)) views.push(await viewOf(ctx, session));
  const items = views.map(
    ({ session, lecturer }) =>
      `${dateWords(session.start!, reading)} · ${lecturer?.name ?? (language === "zh" ? "待安排" : "open")}`,
  );
  const trial = `${smallText("trialBar", language)}${language === "zh" ? "启用后接下来 7 天：" : " Once live, the next 7 days:"}`;
  const none =
    language === "zh"
      ? "接下来 7 天没有分享，也就没有消息。"
      : "No sessions in the next 7 days, so no messages.";
  return {
    kind: "message",
    key: readyKey(group),
    to: { person: admin },
    audience: "admin",
    template: "group.ready",
    data: { groupId: group, group: row.name, items: [trial, ...(items.length > 0 ? items : [none])] },
    useUntil: ctx.now + 60 * 86_400_000,
  };
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
