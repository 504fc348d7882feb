import type { RowOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import { recordsAsSaved } from "../records/pending.ts";
import { upcomingSessions } from "../sessions/upcoming.ts";

/** `off`: 停用 in the Base; the others are what its messages do (texts.md §5.1). */
export type GroupState = "trial" | "live" | "paused" | "off";

export interface GroupView {
  id: string;
  name: string;
  state: GroupState;
  /** `inChat`: whether the bot is there; null = could not be asked. */
  chat: ChatView | null;
  audience: ChatView[];
  frequency: RowOf<"groups">["frequency"] | null;
  weekdays: NonNullable<RowOf<"groups">["weekdays"]>;
  startTime: string | null;
  minutes: number | null;
  place: string | null;
  lecturers: number;
  /** Start of the next session, ms. */
  next: number | null;
  /** What keeps it from being planned: keys of fields still empty. */
  missing: ("chat" | "audience" | "anchor" | "startTime")[];
  pending: boolean;
}
export interface ChatView {
  id: string;
  name: string;
  inChat: boolean | null;
}

/** Every 讲师群 with its state, chats and what is still missing. */
export async function listGroups(ctx: Ctx): Promise<GroupView[]> {
  const lecturers = (await allRecords(ctx, "lecturers")).filter(({ state }) => state !== "left");
  const views: GroupView[] = [];
  for (const group of await recordsAsSaved(ctx, "groups")) {
    const [next] = await upcomingSessions(ctx, group.id);
    const chat = group.chat ? await chatView(ctx, group.chat) : null;
    const audience: ChatView[] = [];
    for (const id of group.audience ?? []) audience.push(await chatView(ctx, id));
    views.push({
      id: group.id,
      name: group.name ?? "",
      state: stateOf(ctx, group),
      chat,
      audience,
      frequency: group.frequency ?? null,
      weekdays: group.weekdays ?? [],
      startTime: group.startTime ?? null,
      minutes: group.minutes ?? null,
      place: group.place ?? null,
      lecturers: lecturers.filter(({ groups }) => groups?.includes(group.id)).length,
      next: next?.start ?? null,
      missing: (["chat", "audience", "anchor", "startTime"] as const).filter((key) => {
        const value = group[key];
        return value === undefined || (Array.isArray(value) && value.length === 0);
      }),
      pending: group.pending,
    });
  }
  return views;
}

function stateOf(ctx: Ctx, group: { id: string; state?: RowOf<"groups">["state"] }): GroupState {
  if (group.state === "paused") return "off";
  if (ctx.workspace.paused.includes(group.id)) return "paused";
  return ctx.workspace.live.includes(group.id) ? "live" : "trial";
}

async function chatView(ctx: Ctx, id: string): Promise<ChatView> {
  try {
    if (!(await ctx.feishu.chats.isInChat(id))) return { id, name: id, inChat: false };
    return { id, name: (await ctx.feishu.chats.get(id)).name || id, inChat: true };
  } catch (error) {
    // A dissolved or closed chat must not keep the list from being shown; the to-do names it.
    ctx.log.warn({ chat: id, error: error instanceof Error ? error.message : String(error) }, "chat unread");
    return { id, name: id, inChat: null };
  }
}
