import { and, eq, isNull, like } from "drizzle-orm";
import { readMessageRows } from "#base/defaults/message-rows.ts";
import { parseSettings } from "#base/defaults/settings.ts";
import { defaultTexts } from "#base/defaults/texts.ts";
import { transaction, type Ctx } from "../../context.ts";
import { todo } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { allRecords } from "../records/read.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { messageCells } from "./message-cells.ts";

type Found = { key: string; record: string | null; text: string };
type Table = "settings" | "messages";

/**
 * 设置 and 消息与提醒 are checked when they change: what cannot be used is said beside it and as one to-do, and the value or
 * text before it stays in force. Mended, both go away.
 */
export async function checkSettings(ctx: Ctx): Promise<{ problems: number }> {
  return transaction(ctx, async (tx) => {
    const settings = await allRecords(tx, "settings");
    const messages = await allRecords(tx, "messages");
    const { language } = tx.settings;
    const found: Record<Table, Found[]> = {
      settings: parseSettings(
        settings.map(({ id, key, value }) => ({ record: id, key: key ?? "", value: value ?? null })),
      ).problems.map((one) => ({ key: one.key, record: one.record ?? null, text: one[language] })),
      messages: readMessageRows(
        (await messageCells(tx)).map(({ record, row }) => ({ ...row, record, id: row.id ?? "" })),
        defaultTexts(),
      ).problems.map((one) => ({ key: one.id, record: one.record ?? null, text: one[language] })),
    };
    await sayBeside(tx, "settings", settings, found.settings);
    await sayBeside(tx, "messages", messages, found.messages);
    await followTodos(tx, [
      ...found.settings.map((one) => ({ ...one, key: `settings:${one.record ?? one.key}` })),
      ...found.messages.map((one) => ({ ...one, key: `messages:${one.record ?? one.key}` })),
    ]);
    return { problems: found.settings.length + found.messages.length };
  });
}

async function sayBeside(
  tx: Ctx,
  table: Table,
  rows: { id: string; version: number; problem?: string | undefined }[],
  found: Found[],
): Promise<void> {
  for (const row of rows) {
    const problem =
      found
        .filter((one) => one.record === row.id)
        .map(({ text }) => text)
        .join(" ") || null;
    if ((row.problem ?? null) === problem) continue;
    await post(tx, [
      {
        kind: "record.update",
        key: `said:${table}:${row.id}:${row.version}:${fingerprint(problem)}`,
        table,
        record: row.id,
        fields: { problem },
      },
    ]);
  }
}

async function followTodos(tx: Ctx, found: Found[]): Promise<void> {
  const keys = new Set<string>();
  for (const { key, record: row, text } of found) {
    const todoKey = `settings-problem:${key}`;
    keys.add(todoKey);
    await openTodo(tx, {
      key: todoKey,
      kind: "settings-problem",
      ...(row ? { record: row } : {}),
      detail: { text },
    });
  }
  const open = await tx.db
    .select({ key: todo.key })
    .from(todo)
    .where(
      and(eq(todo.workspace, tx.workspace.id), like(todo.key, "settings-problem:%"), isNull(todo.doneAt)),
    );
  for (const { key } of open) if (!keys.has(key)) await closeTodo(tx, key, "mended");
}
