import type { PatchOf } from "#base/index.ts";
import { instantAt } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { RowReader, timeBehind } from "./import-cells.ts";
import { matchColumns } from "./import-columns.ts";
import { type Known, knownRows, theOne } from "./import-known.ts";
import { nothing, type Prepared, type Sheet, type Skipped, step } from "./import-types.ts";

interface Tables {
  readonly groups: Known<"groups">[];
  readonly lecturers: Known<"lecturers">[];
  readonly topics: Known<"topics">[];
}

/** Past sessions: held, so that nothing is sent for them; they count for fairness, history and figures. */
export async function prepareSessions(
  ctx: Ctx,
  sheet: Sheet,
  chosen?: Record<string, string>,
): Promise<Prepared> {
  const { columns, unused } = matchColumns("sessions", sheet, chosen);
  const tables: Tables = {
    groups: await knownRows(ctx, "groups"),
    lecturers: await knownRows(ctx, "lecturers"),
    topics: await knownRows(ctx, "topics"),
  };
  const labels = new Set((await knownRows(ctx, "sessions")).map((row) => row.label));
  const readers = sheet.rows.map((row) => new RowReader(sheet, columns, row));
  const skipped: Skipped[] = [];
  const rows: PatchOf<"sessions">[] = [];
  for (const reader of readers) {
    const session = sessionOf(ctx, reader, tables);
    if (!session || reader.errors.length > 0) continue;
    const label = session.label ?? "";
    if (labels.has(label))
      skipped.push({ row: reader.number, value: label, why: { zh: "这场已经有了", en: "is there already" } });
    else rows.push(session);
    labels.add(label);
  }
  const steps = [
    step(
      "sessions",
      rows.map((row) => () => row),
    ),
  ];
  return {
    ...nothing(),
    columns,
    unused,
    skipped,
    steps,
    errors: readers.flatMap((reader) => reader.errors),
  };
}

function sessionOf(ctx: Ctx, reader: RowReader, tables: Tables): PatchOf<"sessions"> | undefined {
  const group = theOne(reader, "group", tables.groups, (row) => row.name, { zh: "讲师群", en: "Groups" });
  const lecturer = theOne(reader, "lecturer", tables.lecturers, (row) => row.name, {
    zh: "讲师",
    en: "Lecturers",
  });
  const topic = theOne(reader, "topic", tables.topics, (row) => row.name, { zh: "主题", en: "Topics" });
  const day = reader.day("date");
  const count = { min: 0, max: 100_000, whole: true };
  const score = reader.amount("score", { min: 1, max: 5 });
  const nudges = reader.amount("nudges", count);
  const minutes =
    reader.amount("minutes", { min: 1, max: 1440, whole: true }) ??
    group?.minutes ??
    ctx.settings.sessionMinutes;
  const start = startOf(ctx, reader, day, group);
  if (start !== undefined && start + minutes * 60_000 > ctx.now)
    reader.refuse("date", {
      zh: "过去的日期（以后的场次由排期安排）",
      en: "a date in the past (later sessions are planned)",
    });
  if (!group || !lecturer || day === undefined || start === undefined) return undefined;
  return {
    label: `${day} ${group.name ?? ""} · ${lecturer.name ?? ""}`,
    state: score === undefined ? "delivered" : "rated",
    start,
    minutes,
    group: group.recordId,
    lecturer: lecturer.recordId,
    account: lecturer.person,
    topic: topic?.recordId,
    title: reader.text("title"),
    contentLink: linkOf(reader),
    attendance: reader.amount("attendance", count),
    score,
    ratings: reader.amount("ratings", count),
    nudges,
    proactive: nudges === undefined ? undefined : nudges === 0,
    note: reader.text("note"),
  };
}

function startOf(
  ctx: Ctx,
  reader: RowReader,
  day: string | undefined,
  group: Known<"groups"> | undefined,
): number | undefined {
  const time = reader.time("startTime") ?? timeBehind(reader.text("date") ?? "") ?? group?.startTime;
  if (day === undefined || !group) return undefined;
  if (time === undefined)
    return reader.refuse("startTime", {
      zh: "时间，如 15:00（讲师群也没有写开始时间）",
      en: "a time such as 15:00 (the group has none either)",
    });
  return instantAt(day, time, group.timezone ?? ctx.workspace.timezone);
}

function linkOf(reader: RowReader): { text: string; link: string } | undefined {
  const link = reader.text("link");
  if (link === undefined) return undefined;
  if (/^https?:\/\/\S+$/iu.test(link)) return { text: link, link };
  return reader.refuse("link", {
    zh: "以 http:// 或 https:// 开头的链接",
    en: "a link that begins with http:// or https://",
  });
}
