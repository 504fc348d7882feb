import { addMonths, localDay, monthKey } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { isNthWorkday } from "../incentive/due-periods.ts";
import { ownSessions } from "../incentive/facts.ts";
import { allRecords } from "../records/read.ts";

/** Once a month, when switched on: shares and attendance of a manager's people; no scores (texts.md §5.6). */
export async function reportToManagers(ctx: Ctx, slot: number): Promise<{ sent: number }> {
  const zone = ctx.workspace.timezone;
  if (!ctx.on["manager.monthly"] || !isNthWorkday(await workdays(ctx), slot, 1, zone)) return { sent: 0 };
  const month = addMonths(localDay(slot, zone).slice(0, 7), -1);
  const held = (await ownSessions(ctx)).filter(
    ({ state, start }) => (state === "delivered" || state === "rated") && monthKey(start!, zone) === month,
  );
  const lines = new Map<string, string[]>();
  for (const { id, name, manager, state } of await allRecords(ctx, "lecturers")) {
    if (!manager || state !== "active") continue;
    const own = held.filter(({ lecturer }) => lecturer === id);
    if (own.length === 0) continue;
    const people = own.reduce((total, { attendance }) => total + (attendance ?? 0), 0);
    const line =
      ctx.settings.language === "zh"
        ? `${name}：分享 ${own.length} 次，${people} 人次来听`
        : `${name}: ${own.length} shares, ${people} came`;
    lines.set(manager, [...(lines.get(manager) ?? []), line]);
  }
  return transaction(ctx, async (tx) => {
    const keys = await post(
      tx,
      [...lines].map(([person, items]) => ({
        kind: "message",
        key: `manager-monthly:${month}:${person}`,
        to: { person },
        audience: "manager",
        template: "manager.monthly",
        data: { period: month, items },
        useUntil: slot + 10 * 86_400_000,
      })),
    );
    return { sent: keys.length };
  });
}
