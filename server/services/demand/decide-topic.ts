import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import { transaction, type Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { allRecords } from "../records/read.ts";
import { closeTodo } from "../todos/todo.ts";

/** A topic that words of learners suggested is taken into use, or put away. */
export async function decideTopic(
  ctx: Ctx,
  input: { topic: string; person: string; approve: boolean },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  return transaction(ctx, async (tx) => {
    const row = (await allRecords(tx, "topics")).find(
      ({ name, state }) => name === input.topic && state === "suggested",
    );
    if (!row) return { toast: { type: "info", text: smallText("tooOld", language) } };
    await post(tx, [
      {
        kind: "record.update",
        key: `topic-decided:${row.id}:${input.approve}`,
        table: "topics",
        record: row.id,
        fields: { state: input.approve ? "active" : "retired" },
      },
    ]);
    await closeTodo(
      { ...tx, actor: input.person },
      `topic-suggested:${input.topic}`,
      input.approve ? "taken into use" : "put away",
    );
    return { toast: { type: "success", text: smallText("saved", language) } };
  });
}
