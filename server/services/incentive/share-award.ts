import { and, eq } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { award } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { recordMadeBy } from "../records/made.ts";
import { getRecord, getRecords } from "../records/read.ts";
import { settleCards } from "../turns/settle.ts";
import { awardFacts } from "./award-facts.ts";
import { lockedAward } from "./decide-award.ts";
import { awardCardKey, awardRecordKey } from "./suggest-award.ts";

/** 分享到讲师群 / 不公开: the lecturer's own choice; the first answer holds. */
export async function answerAward(
  ctx: Ctx,
  input: { award: string; person: string; share: boolean },
): Promise<PressAnswer> {
  return transaction(ctx, async (tx) => {
    const { language } = tx.settings;
    const row = await lockedAward(tx, input.award);
    const lecturer = row && (await getRecord(tx, "lecturers", row.lecturer));
    if (!row || !lecturer || lecturer.person !== input.person)
      return { toast: { type: "info", text: smallText("notForYou", language) } };
    const share = row.consent ?? input.share;
    const text = smallText(share ? "shared" : "keptPrivate", language);
    if (row.consent === null && ["approved", "granted"].includes(row.state)) {
      await tx.db
        .update(award)
        .set({ consent: share })
        .where(and(eq(award.workspace, tx.workspace.id), eq(award.key, row.key)));
      const record = await recordMadeBy(tx, awardRecordKey(row.key));
      const groups = share ? await getRecords(tx, "groups", lecturer.groups ?? []) : [];
      const facts = await awardFacts(tx, row);
      await post(tx, [
        ...(record && share
          ? [
              {
                kind: "record.update",
                key: `award-consent:${row.key}`,
                table: "awards",
                record,
                fields: { consent: true },
              } satisfies Effect,
            ]
          : []),
        ...groups.flatMap(({ id, chat }): Effect[] =>
          chat
            ? [
                {
                  kind: "message",
                  key: `award-chat:${row.key}:${chat}`,
                  to: { chat },
                  audience: "chat",
                  template: "award.chat",
                  data: facts,
                  group: id,
                  useUntil: tx.now + 7 * 86_400_000,
                },
              ]
            : [],
        ),
        ...(await settleCards(tx, [awardCardKey(row.key)], text, share ? "shared" : "private")),
      ]);
    }
    return { card: { template: "settled", data: { text } } };
  });
}
