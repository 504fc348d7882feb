import type { Ctx } from "../../context.ts";
import { topicView, type TopicView } from "../demand/topic-evidence.ts";
import type { Rec } from "../records/read.ts";
import { viewOf } from "../sessions/facts.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";
import { couldTake } from "./candidates.ts";
import { sessionLine, type SessionLine } from "./my-turns.ts";

/** A session a lecturer may volunteer for: an empty one is theirs at once, beside a colleague an admin confirms. */
export interface OpenSlot extends SessionLine {
  topic: TopicView | null;
  /** Who speaks already; null = empty. */
  with: string | null;
}

const MOST = 5;

/** Sessions of the lecturer's groups that fit their times, gap and month: empty ones first, then extra ones beside a colleague. */
export async function openSlots(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<OpenSlot[]> {
  if (!ctx.settings.volunteering) return [];
  const near = (await upcomingSessions(ctx)).filter(
    (row) =>
      row.group &&
      lecturer.groups?.includes(row.group) &&
      row.lecturer !== lecturer.id &&
      !row.co?.includes(lecturer.id) &&
      row.change !== "declined",
  );
  const empty = near.filter(({ lecturer: taken, state }) => !taken && (state ?? "open") === "open");
  const taken = near.filter(({ lecturer: other }) => other);
  return [...(await fitting(ctx, lecturer, empty)), ...(await fitting(ctx, lecturer, taken))].slice(0, MOST);
}

async function fitting(ctx: Ctx, lecturer: Rec<"lecturers">, rows: Rec<"sessions">[]): Promise<OpenSlot[]> {
  const slots: OpenSlot[] = [];
  for (const row of rows.slice(0, 2 * MOST)) {
    if (slots.length === MOST) break;
    const view = await viewOf(ctx, row);
    if (!(await couldTake(ctx, lecturer, view, new Set()))) continue;
    const topic = view.topic ? topicView(ctx, view.topic) : null;
    slots.push({ ...sessionLine(ctx, view), topic, with: view.lecturer?.name ?? null });
  }
  return slots;
}
