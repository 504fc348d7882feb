import { and, eq, isNull, like } from "drizzle-orm";
import { smallText } from "#base/defaults/small-texts.ts";
import { anyTables, type TableKey } from "#base/index.ts";
import { fieldNameOf, tableMappingOf } from "#base/mapping.ts";
import { transaction, type Ctx } from "../../context.ts";
import { todo } from "../../db/schema.ts";
import { problemsOf, recordsWithProblems } from "../records/problems.ts";
import { allRecords, getRecord } from "../records/read.ts";
import type { TodoKind } from "../todos/kinds.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import {
  wrongInGroup,
  wrongInLecturer,
  wrongInMaterial,
  wrongInSession,
  type Wrong,
} from "./wrong-records.ts";

const CHECKED: readonly TableKey[] = ["sessions", "lecturers", "groups", "materials"];
const keyOf = (table: TableKey, id: string) => `problem:${table}:${id}`;

/**
 * A record made by hand may be wrong in many ways: each gives one notice that names the record and the field, nothing else
 * stops, and the notice closes by itself when the record is mended or gone.
 */
export async function checkRecord(ctx: Ctx, table: TableKey, id: string): Promise<{ problems: number }> {
  if (table === "rules" || table === "settings" || table === "messages") return { problems: 0 };
  const wrong = await wrongIn(ctx, table, id);
  return transaction(ctx, async (tx) => {
    await notice(tx, table, id, wrong);
    return { problems: wrong.length };
  });
}

/** Every morning, and after a group or lecturer changed: what time or another record has made wrong. */
export async function checkRecords(
  ctx: Ctx,
  tables: readonly TableKey[] = CHECKED,
): Promise<{ problems: number }> {
  let problems = 0;
  const ids = new Set<string>();
  for (const table of tables) for (const { id } of await allRecords(ctx, table)) ids.add(`${table} ${id}`);
  for (const { table, id } of await recordsWithProblems(ctx)) ids.add(`${table} ${id}`);
  for (const { key } of await openProblems(ctx)) ids.add(key.split(":").slice(1, 3).join(" "));
  for (const place of ids) {
    const [table, id] = place.split(" ") as [TableKey, string];
    problems += (await checkRecord(ctx, table, id)).problems;
  }
  return { problems };
}

/** Sessions hang on their group and lecturer: when one of those goes, they are looked at again. */
export async function checkDependents(ctx: Ctx, table: "groups" | "lecturers", id: string): Promise<void> {
  for (const session of await allRecords(ctx, "sessions"))
    if ((session.start ?? 0) > ctx.now && session[table === "groups" ? "group" : "lecturer"] === id)
      await checkRecord(ctx, "sessions", session.id);
}

async function wrongIn(ctx: Ctx, table: TableKey, id: string): Promise<Wrong[]> {
  const cells = (await problemsOf(ctx, table, id)).map(({ field, value, expected }): Wrong => ({
    field,
    value: JSON.stringify(value) ?? "",
    expected,
  }));
  if (cells.length > 0) return cells;
  switch (table) {
    case "sessions": {
      const row = await getRecord(ctx, table, id);
      return row ? wrongInSession(ctx, row) : [];
    }
    case "lecturers": {
      const row = await getRecord(ctx, table, id);
      return row ? wrongInLecturer(ctx, row) : [];
    }
    case "groups": {
      const row = await getRecord(ctx, table, id);
      return row ? wrongInGroup(ctx, row) : [];
    }
    case "materials": {
      const row = await getRecord(ctx, table, id);
      return row ? wrongInMaterial(row) : [];
    }
    default:
      return [];
  }
}

/** One to-do a record, however many of its cells are wrong: the first field is named, the others are listed. */
async function notice(tx: Ctx, table: TableKey, id: string, wrong: Wrong[]): Promise<void> {
  const key = keyOf(table, id);
  const [first] = wrong;
  if (!first) return closeTodo(tx, key, "mended");
  const row = (await getRecord(tx, table, id)) as Record<string, unknown> | null;
  const primary = row?.[anyTables[table].primary];
  const title = typeof primary === "string" ? primary : tableMappingOf(tx.workspace.mapping, table).name;
  const fields = wrong.map(({ field }) => fieldNameOf(tx.workspace.mapping, table, field));
  const text = wordsOf(tx, title, fields[0]!, first);
  const [open] = await tx.db
    .select({ detail: todo.detail })
    .from(todo)
    .where(and(eq(todo.workspace, tx.workspace.id), eq(todo.key, key), isNull(todo.doneAt)));
  // Another thing is wrong now: the same notice says so, the admin is not told twice.
  const detail = {
    table: tableMappingOf(tx.workspace.mapping, table).name,
    title,
    field: fields[0]!,
    fields,
    text,
  };
  if (open) {
    if (open.detail["text"] !== text)
      await tx.db
        .update(todo)
        .set({ detail })
        .where(and(eq(todo.workspace, tx.workspace.id), eq(todo.key, key)));
    return;
  }
  const start = table === "sessions" && typeof row?.["start"] === "number" ? row["start"] : undefined;
  const soon =
    start !== undefined && start > tx.now && start - tx.now <= tx.settings.adminUrgentHours * 3_600_000;
  const kind: TodoKind = "record-problem";
  await openTodo(tx, {
    key,
    kind,
    record: id,
    ...(table === "sessions" ? { session: id } : {}),
    detail,
    urgent: soon,
  });
}

function wordsOf(ctx: Ctx, title: string, field: string, { value, expected }: Wrong): string {
  const { language } = ctx.settings;
  if (value === undefined) return smallText("fieldMissing", language, { title, field });
  return language === "zh"
    ? `《${title}》的「${field}」用不了（${value}），先放着没处理。要的是：${expected}。`
    : `"${title}": ${field} cannot be used (${value}); left as it is. Expected: ${expected}.`;
}

async function openProblems(ctx: Ctx): Promise<{ key: string }[]> {
  return ctx.db
    .select({ key: todo.key })
    .from(todo)
    .where(and(eq(todo.workspace, ctx.workspace.id), like(todo.key, "problem:%"), isNull(todo.doneAt)));
}
