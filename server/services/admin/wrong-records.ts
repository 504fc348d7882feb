import { parseDatesOff } from "#base/text/dates-off.ts";
import { parseLevels, type TextProblem } from "#base/text/levels.ts";
import { parseWindowsExact } from "#base/text/windows.ts";
import { readRepeatRule } from "#domain/schedule/repeat-rule.ts";
import type { Ctx } from "../../context.ts";
import { workdays } from "../calendar/workdays.ts";
import { importedIds } from "../lecturers/import-store.ts";
import { allRecords, getRecord, type Rec } from "../records/read.ts";
import { hasContent } from "../sessions/facts.ts";

/** What is wrong with a record: the field (by key), what stands there (absent: it is empty) and what was expected. */
export interface Wrong {
  field: string;
  value?: string;
  expected: string;
}
const COMING = ["open", "planned", "confirmed", "submitted"];

export async function wrongInSession(ctx: Ctx, session: Rec<"sessions">): Promise<Wrong[]> {
  if (!COMING.includes(session.state ?? "open") || (await importedIds(ctx, "sessions")).has(session.id))
    return [];
  const named = session.lecturer ?? session.title ?? session.group ?? session.label;
  if (!session.start) return named ? [{ field: "start", expected: "a date and time" }] : [];
  if (session.start <= ctx.now) return [];
  const wrong: Wrong[] = [];
  if (!session.group || !(await getRecord(ctx, "groups", session.group)))
    wrong.push({ field: "group", expected: "a lecturer group that is there" });
  const near = (await workdays(ctx)).between(ctx.now, session.start) <= ctx.settings.unconfirmedWorkdays;
  const lecturer = session.lecturer ? await getRecord(ctx, "lecturers", session.lecturer) : null;
  if (session.lecturer ? !lecturer : near) wrong.push({ field: "lecturer", expected: "a lecturer" });
  if (lecturer?.state === "left")
    wrong.push({ field: "lecturer", value: lecturer.name ?? "", expected: "a lecturer who is still there" });
  // Talking without slides leaves no file either, but then nothing was ever announced of one.
  if (session.state === "submitted" && !hasContent(session) && (await hasMaterial(ctx, session.id)))
    wrong.push({ field: "content", expected: "a file or a link" });
  return wrong;
}

async function hasMaterial(ctx: Ctx, session: string): Promise<boolean> {
  return (await allRecords(ctx, "materials")).some((row) => row.session === session);
}

export async function wrongInLecturer(ctx: Ctx, lecturer: Rec<"lecturers">): Promise<Wrong[]> {
  if (lecturer.state !== "active") return [];
  if (!lecturer.person) return lecturer.name ? [{ field: "person", expected: "an account" }] : [];
  const twin = (await allRecords(ctx, "lecturers")).find(
    ({ id, person, state }) => id < lecturer.id && person === lecturer.person && state !== "left",
  );
  if (twin)
    return [{ field: "person", value: twin.name ?? "", expected: "an account that no other row has" }];
  if (!(await isKnown(ctx, lecturer.person)))
    return [
      { field: "person", value: lecturer.person, expected: "somebody of this company whom the app can see" },
    ];
  return unreadable(lecturer);
}

/** What is written in words and cannot be read: the readable parts count meanwhile. */
function unreadable({ levels, windowsExact, datesOff }: Rec<"lecturers">): Wrong[] {
  const check = (field: string, text: string | undefined, problems: readonly TextProblem[]): Wrong[] =>
    problems[0] ? [{ field, value: text, expected: problems[0].expected }] : [];
  return [
    ...check("levels", levels, parseLevels(levels ?? "").problems),
    ...check("windowsExact", windowsExact, parseWindowsExact(windowsExact ?? "").problems),
    ...check("datesOff", datesOff, parseDatesOff(datesOff ?? "").problems),
  ];
}

/** Whether Feishu's directory knows an account; people it does not return are absent from the list. */
async function isKnown(ctx: Ctx, person: string): Promise<boolean> {
  const [found] = await ctx.feishu.contact.users([person]);
  return found !== undefined && !found.status?.isResigned;
}

export async function wrongInGroup(ctx: Ctx, group: Rec<"groups">): Promise<Wrong[]> {
  if (group.state !== "active") return [];
  const wrong: Wrong[] = [];
  if (!group.startTime) wrong.push({ field: "startTime", expected: "HH:mm" });
  if (!group.anchor) wrong.push({ field: "anchor", expected: "a date" });
  const { rrule = "" } = group;
  if (group.frequency === "custom" && !readRepeatRule(rrule, "2026-01-01"))
    wrong.push({
      field: "rrule",
      ...(rrule ? { value: rrule } : {}),
      expected: "FREQ=WEEKLY;BYDAY=WE, below it EXDATE:20261230 for dates left out",
    });
  if (!group.audience?.length) wrong.push({ field: "audience", expected: "a learners' chat" });
  return wrong;
}

export function wrongInMaterial(material: Rec<"materials">): Wrong[] {
  const empty = !material.file?.length && !material.link;
  return empty && material.title ? [{ field: "file", expected: "a file or a link" }] : [];
}
