import { and, eq, isNull, like } from "drizzle-orm";
import { z } from "zod";
import { tableKeyOf } from "#base/mapping.ts";
import type { TableKey } from "#base/index.ts";
import { transaction, type Ctx } from "../../context.ts";
import { tableState, todo, workspace } from "../../db/schema.ts";
import { sweep } from "../records/sweep.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { findDrift } from "./drift.ts";
import type { Drift } from "./report.ts";

const changed = z.looseObject({ file_token: z.string(), table_id: z.string() });

/**
 * Somebody changed the fields of a table of ours: names and options are learnt again, and its rows read again by them. A
 * field we need and do not find is put before the admin; found again, the matter is closed.
 */
export async function fieldsChanged(ctx: Ctx, event: Record<string, unknown>): Promise<{ drift: number }> {
  const { file_token, table_id } = changed.parse(event);
  const table = tableKeyOf(ctx.workspace.mapping, file_token, table_id);
  if (!table) return { drift: 0 };
  const { drift, mapping } = await findDrift(ctx.feishu.bases, ctx.workspace.mapping, [table]);
  const broken = drift.filter(({ what, of }) => of === "field" && what !== "renamed");
  await transaction(ctx, async (tx) => {
    await tx.db.update(workspace).set({ mapping }).where(eq(workspace.id, tx.workspace.id));
    await tx.db
      .delete(tableState)
      .where(and(eq(tableState.workspace, tx.workspace.id), eq(tableState.table, table)));
    await reportDrift(tx, table, broken, mapping.tables[table]?.name ?? table);
  });
  await sweep({ ...ctx, workspace: { ...ctx.workspace, mapping } });
  return { drift: broken.length };
}

const driftKey = (table: TableKey, field: string) => `base-drift:${table}.${field}`;

async function reportDrift(tx: Ctx, table: TableKey, broken: Drift[], name: string): Promise<void> {
  const now = new Set(broken.map(({ field }) => driftKey(table, field ?? "")));
  const open = await tx.db
    .select({ key: todo.key })
    .from(todo)
    .where(
      and(eq(todo.workspace, tx.workspace.id), like(todo.key, `base-drift:${table}.%`), isNull(todo.doneAt)),
    );
  for (const { key } of open) if (!now.has(key)) await closeTodo(tx, key, "as it should be again");
  const zh = tx.workspace.language === "zh";
  for (const { field, what, expected, actual } of broken)
    await openTodo(tx, {
      key: driftKey(table, field ?? ""),
      kind: "base-drift",
      detail: {
        table: name,
        field: expected,
        text:
          what === "missing"
            ? zh
              ? "这个字段找不到了，运行 lectern provision 会补回来。"
              : "This field is gone; `lectern provision` makes it again."
            : zh
              ? `这个字段的类型变成了「${actual}」，请改回来。`
              : `This field is now of type "${actual}"; please change it back.`,
      },
    });
}
