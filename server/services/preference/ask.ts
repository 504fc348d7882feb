import { and, eq, sql } from "drizzle-orm";
import { addMonths, localDay, monthKey } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { outbox, preference } from "../../db/schema.ts";
import { workdays } from "../calendar/workdays.ts";
import { post } from "../effects/post.ts";
import { isOwnHeld } from "../ratings/raters.ts";
import { allRecords } from "../records/read.ts";
import { endOf, viewOf } from "../sessions/facts.ts";

const TEN_DAYS = 10 * 86_400_000;

/** 激励偏好: asked the workday after a lecturer's first share here, and again when 12 months have passed since the last word on it. */
export async function askPreferences(ctx: Ctx): Promise<{ asked: number }> {
  const zone = ctx.workspace.timezone;
  const today = localDay(ctx.now, zone);
  if (!ctx.on.preference || !(await workdays(ctx)).is(today)) return { asked: 0 };
  const shared = new Map<string, string | undefined>();
  for (const session of await allRecords(ctx, "sessions")) {
    if (!session.start || !session.lecturer || shared.has(session.lecturer)) continue;
    if (localDay(endOf(ctx, session), zone) >= today) continue;
    if (await isOwnHeld(ctx, await viewOf(ctx, session))) shared.set(session.lecturer, session.group);
  }
  let asked = 0;
  for (const lecturer of await allRecords(ctx, "lecturers")) {
    if (!lecturer.person || !shared.has(lecturer.id) || (lecturer.state ?? "active") !== "active") continue;
    asked += await askOne(ctx, {
      lecturer: lecturer.id,
      person: lecturer.person,
      group: shared.get(lecturer.id),
    });
  }
  return { asked };
}

async function askOne(ctx: Ctx, who: { lecturer: string; person: string; group?: string }): Promise<number> {
  return transaction(ctx, async (tx) => {
    const before = await tx.db
      .select({ at: outbox.createdAt })
      .from(outbox)
      .where(
        and(
          eq(outbox.workspace, tx.workspace.id),
          eq(outbox.template, "preference"),
          sql`starts_with(key, ${`preference:${who.lecturer}:`})`,
        ),
      );
    const said = await tx.db
      .select({ at: preference.at })
      .from(preference)
      .where(and(eq(preference.workspace, tx.workspace.id), eq(preference.person, who.person)));
    const zone = tx.workspace.timezone;
    const latest = Math.max(0, ...[...before, ...said].map(({ at }) => at));
    if (
      latest > 0 &&
      monthKey(tx.now, zone) < addMonths(monthKey(latest, zone), tx.settings.preferenceMonths)
    )
      return 0;
    const keys = await post(tx, [
      {
        kind: "message",
        key: `preference:${who.lecturer}:${before.length + 1}`,
        to: { person: who.person },
        audience: "lecturer",
        template: "preference",
        data: {},
        group: who.group,
        useUntil: tx.now + TEN_DAYS,
      },
    ]);
    return keys.length;
  });
}
