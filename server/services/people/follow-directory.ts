import { z } from "zod";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { allRecords } from "../records/read.ts";
import { leaveCompany, managerChange } from "./leave-company.ts";

const personEvent = z.looseObject({ object: z.looseObject({ open_id: z.string() }) });
export const personOfEvent = (event: Record<string, unknown>) => personEvent.parse(event).object.open_id;

/** Something about a lecturer changed in the company's directory: read again, for the event is only a hint. */
export async function followDirectory(ctx: Ctx, person: string): Promise<{ changed: number }> {
  const mine = (await allRecords(ctx, "lecturers")).filter(
    (row) => row.person === person && row.state !== "left",
  );
  if (mine.length === 0) return { changed: 0 };
  const { status, leaderOpenId } = await ctx.feishu.contact.user(person);
  if (status?.isResigned || status?.isExited) return { changed: (await leaveCompany(ctx, person)).lecturers };
  // Without the field's scope Feishu says nothing of the manager: that is no reason to forget the one we know.
  const moved = mine.filter(({ manager }) => leaderOpenId && leaderOpenId !== manager);
  await post(
    ctx,
    moved.map((row) => managerChange(row, leaderOpenId!)),
  );
  return { changed: moved.length };
}
