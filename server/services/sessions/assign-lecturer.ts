import { smallText } from "#base/defaults/small-texts.ts";
import type { PressAnswer } from "#automations/define.ts";
import type { Effect } from "#domain/effects.ts";
import { transaction, type Ctx } from "../../context.ts";
import { recordAct } from "../admin/record-act.ts";
import { post } from "../effects/post.ts";
import { isAdmin } from "../people/name.ts";
import { getRecord, type Rec } from "../records/read.ts";
import { closeTodo, openTodos } from "../todos/todo.ts";
import { recordAnswer, settleAsking } from "../turns/answer.ts";
import { sessionFacts, viewSession, type SessionView } from "./facts.ts";
import { tellChange } from "./tell-change.ts";

const CLOSED_BY_IT = ["no-substitute", "unfilled", "unconfirmed", "person-left", "absent"];

/**
 * An admin gives a session that is still to come to a lecturer of its group. The lecturer is asked like any other whose turn it
 * is; whoever had it before, and the chats that knew, are told once.
 */
export async function assignLecturer(
  ctx: Ctx,
  input: { session: string; lecturer: string; person: string },
): Promise<PressAnswer> {
  const { language } = ctx.settings;
  if (!(await isAdmin(ctx, input.person)))
    return { toast: { type: "info", text: smallText("notForYou", language) } };
  return transaction(ctx, async (tx) => {
    const view = await viewSession(tx, input.session);
    const next = await getRecord(tx, "lecturers", input.lecturer);
    const { session } = view ?? {};
    if (!view || !session?.start || session.start <= tx.now || !next?.person || next.state !== "active")
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    if (!["open", "planned", "confirmed", "submitted"].includes(session.state ?? "open"))
      return { toast: { type: "info", text: smallText("tooOld", language) } };
    const outcome = language === "zh" ? `${next.name} 来讲` : `${next.name} speaks`;
    const text = smallText("settled", language, { outcome });
    if (session.lecturer === next.id) return { card: { template: "settled", data: { text } } };
    if (session.lecturer) await recordAnswer(tx, view, "substitute");
    await post(tx, [
      {
        kind: "record.update",
        key: `assigned:${session.id}:${next.id}:${session.version}`,
        table: "sessions",
        record: session.id,
        fields: {
          lecturer: next.id,
          account: next.person,
          state: session.state === "submitted" ? "submitted" : "planned",
          ...(session.lecturer ? { change: "substitute" } : {}),
        },
      },
      ...(session.lecturer ? await settleAsking(tx, view, text, `assigned:${next.id}`) : []),
      ...tellFormer(tx, view, next),
      ...(await tellChange(tx, view, { peer: next.name ?? "" })),
    ]);
    await recordAct(tx, {
      key: `assign:${session.id}:${next.id}:${session.version}`,
      kind: "substitute",
      by: input.person,
      session: session.id,
    });
    for (const item of await openTodos(tx))
      if (item.session === session.id && CLOSED_BY_IT.includes(item.kind))
        await closeTodo({ ...tx, actor: input.person }, item.key, `assigned:${next.id}`);
    return { card: { template: "settled", data: { text } } };
  });
}

function tellFormer(tx: Ctx, view: SessionView, next: Rec<"lecturers">): Effect[] {
  const { session, group, lecturer } = view;
  if (!session.account || lecturer?.state === "left") return [];
  return [
    {
      kind: "message",
      key: `changed:${session.id}:${session.account}:${next.id}:${session.version}`,
      to: { person: session.account },
      audience: "lecturer",
      template: "changed",
      data: { ...sessionFacts(tx, view), peer: next.name },
      group: group?.id,
      session: session.id,
      useUntil: session.start!,
    },
  ];
}
