import type { Ctx } from "../../context.ts";
import { allRecords } from "../records/read.ts";
import type { GroupMode } from "../todos/list-today.ts";
import { keepPlan, planSchedule, spanAhead, type Proposal, type ProposedSlot } from "./propose.ts";

/** One meeting of a plan that nobody has been told of. */
export interface PreviewSlot {
  slot: string;
  start: number;
  minutes: number;
  group: string;
  groupName: string;
  lecturer: string | null;
  lecturerName: string | null;
  topic: string | null;
  /** Who has it now, where it is decided anew. */
  beforeName: string | null;
  /** Against the schedule as it stands: a meeting not yet in it, an open one that gets a lecturer, one without; or decided anew and kept, or given to another. */
  change: "new" | "filled" | "open" | "kept" | "other";
  /** Clauses, as the lecturer will read them. */
  why: string[];
  /** Who else could, fairest first: names. */
  next: string[];
  /** For an open one: what is in the way, then what would help. */
  help: string[];
  /** Public holidays of the year are not announced yet. */
  provisional: boolean;
  /** Too far ahead for leave to be seen. */
  leaveUnseen: boolean;
}

/** A lecturer who hears of it: `now` a card once the minutes for undoing are over, `later` the calendar now and a card nearer the date. */
export interface Told {
  lecturer: string;
  name: string;
  starts: number[];
  /** `freed`: hears that a session is somebody else's now. */
  how: "now" | "later" | "freed" | "trial" | "nobody";
}

export interface PlanPreview {
  proposal: string;
  from: number;
  to: number;
  filled: number;
  open: number;
  slots: PreviewSlot[];
  told: Told[];
  /** Minutes in which publishing can be taken back. */
  undoMinutes: number;
}

/** 生成排期: worked out and kept, so that what is published is what was looked at. Nobody is told. */
export async function previewSchedule(ctx: Ctx, input: { weeks?: number }): Promise<PlanPreview> {
  const plan = await planSchedule(ctx, spanAhead(ctx, input.weeks));
  return showPlan(ctx, await keepPlan(ctx, plan), plan);
}

/** A plan that is kept, as an admin looks at it. */
export async function showPlan(ctx: Ctx, id: string, plan: Proposal): Promise<PlanPreview> {
  const names = new Map((await allRecords(ctx, "lecturers")).map((row) => [row.id, row.name ?? ""]));
  const groups = new Map((await allRecords(ctx, "groups")).map((row) => [row.id, row.name ?? ""]));
  const topics = new Map((await allRecords(ctx, "topics")).map((row) => [row.id, row.name ?? ""]));
  const slots = plan.slots.map((slot): PreviewSlot => ({
    slot: slot.slot,
    start: slot.start,
    minutes: slot.minutes,
    group: slot.group,
    groupName: groups.get(slot.group) ?? "",
    lecturer: slot.lecturer,
    lecturerName: slot.lecturer ? (names.get(slot.lecturer) ?? "") : null,
    topic: slot.topic && slot.lecturer ? (topics.get(slot.topic) ?? null) : null,
    beforeName: slot.before ? (names.get(slot.before) ?? "") : null,
    change: changeOf(slot),
    why: slot.why === "" ? [] : slot.why.split("；"),
    next: (slot.next ?? []).map((one) => names.get(one) ?? one),
    help: slot.help ?? [],
    provisional: slot.provisional,
    leaveUnseen: slot.leaveUnseen,
  }));
  return {
    proposal: id,
    from: plan.span.from,
    to: plan.span.to,
    filled: plan.filled,
    open: plan.unfilled,
    slots,
    told: toldOf(ctx, plan.slots, names),
    undoMinutes: ctx.settings.publishUndoMinutes,
  };
}

function changeOf({ session, before, lecturer }: ProposedSlot): PreviewSlot["change"] {
  if (!lecturer) return "open";
  if (before) return before === lecturer ? "kept" : "other";
  return session ? "filled" : "new";
}

function toldOf(ctx: Ctx, slots: readonly ProposedSlot[], names: ReadonlyMap<string, string>): Told[] {
  // Who keeps a session has nothing to hear.
  const changes = slots.filter(({ before, lecturer }) => lecturer !== (before ?? null));
  const given = byPerson(changes, ({ lecturer }) => lecturer);
  const taken = byPerson(changes, ({ before }) => before ?? null);
  const told = (lecturer: string, mine: ProposedSlot[], hows: Told["how"][]): Told => ({
    lecturer,
    name: names.get(lecturer) ?? "",
    starts: mine.map(({ start }) => start),
    how: HOWS.find((how) => hows.includes(how)) ?? "nobody",
  });
  return [
    ...[...given].map(([id, mine]) =>
      told(
        id,
        mine,
        mine.map((slot) => howTold(ctx, slot)),
      ),
    ),
    ...[...taken].map(([id, mine]) =>
      told(
        id,
        mine,
        mine.map((slot) => {
          const how = howTold(ctx, slot);
          return how === "now" || how === "later" ? "freed" : how;
        }),
      ),
    ),
  ];
}

const HOWS = ["now", "later", "freed", "trial", "nobody"] as const;

function byPerson(
  slots: readonly ProposedSlot[],
  who: (slot: ProposedSlot) => string | null,
): Map<string, ProposedSlot[]> {
  const mine = new Map<string, ProposedSlot[]>();
  for (const slot of slots) {
    const person = who(slot);
    if (person) mine.set(person, [...(mine.get(person) ?? []), slot]);
  }
  return mine;
}

function howTold(ctx: Ctx, { group, start }: ProposedSlot): Told["how"] {
  const mode: GroupMode = ctx.workspace.paused.includes(group)
    ? "paused"
    : ctx.workspace.live.includes(group)
      ? "live"
      : "trial";
  if (mode === "paused") return "nobody";
  if (mode === "trial") return "trial";
  return start - ctx.now <= ctx.settings.inviteDays * 86_400_000 ? "now" : "later";
}
