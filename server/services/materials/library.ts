import type { Ctx } from "../../context.ts";
import { isAdmin } from "../people/name.ts";
import { activeLecturer, inChatsOf } from "../people/roles.ts";
import { allRecords, type Rec } from "../records/read.ts";

/** A held session whose material can be looked at, or a piece of the library that belongs to none. */
export interface LibraryEntry {
  title: string;
  /** Who spoke; null for what belongs to no session. */
  lecturer: string | null;
  /** ms; null for what belongs to no session. */
  start: number | null;
  session: string | null;
  material: string;
}

const HELD = ["delivered", "rated"];

/**
 * 素材与回放: what this person may open, newest first: held sessions of their groups (for lecturers and admins of all), then the
 * library at large. `query` narrows by title, topic or lecturer. Sessions to come are not here: of their material one is told.
 */
export async function library(
  ctx: Ctx,
  { person, query = "" }: { person: string; query?: string },
): Promise<LibraryEntry[]> {
  const groups = await visibleGroups(ctx, person);
  if (groups === "none") return [];
  const sessions = new Map((await allRecords(ctx, "sessions")).map((row) => [row.id, row]));
  const lecturers = new Map((await allRecords(ctx, "lecturers")).map(({ id, name }) => [id, name]));
  const topics = new Map((await allRecords(ctx, "topics")).map(({ id, name }) => [id, name]));
  const wanted = query.trim().toLocaleLowerCase();
  const entries = new Map<string, LibraryEntry>();
  for (const material of await allRecords(ctx, "materials")) {
    if (!material.file?.length && !material.link) continue;
    const session = material.session ? sessions.get(material.session) : undefined;
    if (material.session && !isOpen(session, groups)) continue;
    const topic = topics.get(session?.topic ?? material.topics?.[0] ?? "");
    const entry = {
      title: session?.title ?? material.title ?? topic ?? "",
      lecturer: lecturers.get(session?.lecturer ?? "") ?? null,
      start: session?.start ?? null,
      session: session?.id ?? null,
      material: material.id,
    };
    const words = [entry.title, topic, entry.lecturer].join(" ").toLocaleLowerCase();
    if (words.includes(wanted)) entries.set(session?.id ?? material.id, entry);
  }
  return [...entries.values()].sort(
    (a, b) => (b.start ?? 0) - (a.start ?? 0) || a.title.localeCompare(b.title, "zh"),
  );
}

const isOpen = (session: Rec<"sessions"> | undefined, groups: Set<string> | "all") =>
  session !== undefined &&
  HELD.includes(session.state ?? "") &&
  (groups === "all" || groups.has(session.group ?? ""));

/** Groups whose material a person may open (as `openMaterial` judges it). */
async function visibleGroups(ctx: Ctx, person: string): Promise<Set<string> | "all" | "none"> {
  if ((await isAdmin(ctx, person)) || (await activeLecturer(ctx, person))) return "all";
  const visible = new Set<string>();
  for (const group of await allRecords(ctx, "groups"))
    if (await inChatsOf(ctx, person, group)) visible.add(group.id);
  return visible.size > 0 ? visible : "none";
}
