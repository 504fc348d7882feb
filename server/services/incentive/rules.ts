import { and, eq } from "drizzle-orm";
import type { Rule } from "#domain/incentive/rules.ts";
import { ruleSentence } from "#domain/incentive/sentence.ts";
import { addDays, addMonths, monthKey } from "#domain/time.ts";
import { transaction, type Ctx } from "../../context.ts";
import { periodClose, record, ruleVersion } from "../../db/schema.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { problemsOf } from "../records/problems.ts";
import { getRecord, getRow, type Rec } from "../records/read.ts";
import { closeTodo, openTodo } from "../todos/todo.ts";
import { loadRules, storedRule } from "./load-rules.ts";
import { parseRule } from "./parse-rule.ts";
import { tellRuleChange } from "./tell-rule-change.ts";

/**
 * A row of 激励规则 changed: what cannot be used is said beside it and changes nothing; another meaning makes a new version
 * that holds from the next month on, so that points already earned stay as they are.
 */
export async function readRule(
  ctx: Ctx,
  id: string,
): Promise<{ version: number | null; problem: string | null }> {
  return transaction(ctx, async (tx) => {
    await lockRules(tx);
    const row = await getRecord(tx, "rules", id);
    const versions = await versionsOf(tx, id);
    const latest = versions.at(-1);
    if (!row) return { version: latest ? await retire(tx, latest) : null, problem: null };
    const [cell] = await problemsOf(tx, "rules", id);
    const parsed = cell
      ? { problem: { field: cell.fieldName, value: String(cell.value), expected: cell.expected } }
      : parseRule(tx, row);
    const draft = (row.status ?? "draft") === "draft" && !latest;
    if ("problem" in parsed && !draft) {
      const { field, value, expected } = parsed.problem;
      const text =
        tx.settings.language === "zh"
          ? `「${field}」的值「${value}」不能用（${expected}）；原来的规则继续有效。`
          : `${field}: "${value}" cannot be used (${expected}); the rule stays as it was.`;
      await openTodo(tx, {
        key: `problem:rules:${id}`,
        kind: "record-problem",
        record: id,
        detail: { title: row.name ?? "", field, text },
      });
      await writeBack(tx, row, { problem: text });
      return { version: latest?.version ?? null, problem: text };
    }
    await closeTodo(tx, `problem:rules:${id}`, "mended");
    if ("problem" in parsed) return { version: null, problem: null };
    const meaning = meaningOf(parsed.rule);
    if (latest && latest.meaning === meaning) {
      await writeBack(tx, row, {
        problem: null,
        version: latest.version,
        ...(row.sentence ? {} : { sentence: ruleSentence(parsed.rule, tx.settings.language) }),
      });
      return { version: latest.version, problem: null };
    }
    const version = (latest?.version ?? 0) + 1;
    const from = await startOf(tx, parsed.rule.from, latest !== undefined);
    if (latest && from) await endEarlier(tx, versions, from);
    await insertVersion(tx, { ...parsed.rule, version, ...(from ? { from } : {}) }, meaning);
    const sentence = latest || !row.sentence ? ruleSentence(parsed.rule, tx.settings.language) : row.sentence;
    await writeBack(tx, row, { problem: null, version, sentence });
    if (latest && from) await tellRuleChange(tx, row, await loadRules(tx), version, from);
    return { version, problem: null };
  });
}

/** Two edits at the same moment become two versions, not one number twice. */
async function lockRules(tx: Ctx): Promise<void> {
  await tx.db
    .select({ id: record.id })
    .from(record)
    .where(and(eq(record.workspace, tx.workspace.id), eq(record.table, "rules")))
    .for("update");
}

async function versionsOf(ctx: Ctx, id: string) {
  const rows = await ctx.db
    .select()
    .from(ruleVersion)
    .where(and(eq(ruleVersion.workspace, ctx.workspace.id), eq(ruleVersion.rule, id)))
    .orderBy(ruleVersion.version);
  return rows.map(({ value, version }) => ({ version, ...storedRule.parse(value) }));
}

/** What makes a rule another rule; its name and place in the list do not. */
export function meaningOf(rule: Rule): string {
  const apart = ["id", "version", "name", "priority"];
  const meaning = Object.entries(rule).filter(([key]) => !apart.includes(key));
  return fingerprint(meaning.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** As written while nothing has been closed yet; later never before the next month. */
export async function startOf(
  tx: Ctx,
  wished: string | undefined,
  isChange: boolean,
): Promise<string | undefined> {
  const closed = await tx.db
    .select({ period: periodClose.period })
    .from(periodClose)
    .where(eq(periodClose.workspace, tx.workspace.id))
    .limit(1);
  if (!isChange && closed.length === 0) return wished;
  const next = `${addMonths(monthKey(tx.now, tx.workspace.timezone), 1)}-01`;
  return wished !== undefined && wished > next ? wished : next;
}

async function endEarlier(
  tx: Ctx,
  versions: Awaited<ReturnType<typeof versionsOf>>,
  from: string,
): Promise<void> {
  const last = addDays(from, -1);
  for (const { version, rule, meaning } of versions)
    if (rule.to === undefined || rule.to > last)
      await tx.db
        .update(ruleVersion)
        .set({ value: { rule: { ...rule, to: last }, meaning } })
        .where(
          and(
            eq(ruleVersion.workspace, tx.workspace.id),
            eq(ruleVersion.rule, rule.id),
            eq(ruleVersion.version, version),
          ),
        );
}

async function insertVersion(tx: Ctx, one: Rule, meaning: string): Promise<void> {
  await tx.db.insert(ruleVersion).values({
    workspace: tx.workspace.id,
    rule: one.id,
    version: one.version,
    value: { rule: one, meaning },
    at: tx.now,
  });
}

/** The row was deleted: the rule holds to the end of this month. */
async function retire(tx: Ctx, latest: Awaited<ReturnType<typeof versionsOf>>[number]): Promise<number> {
  const from = await startOf(tx, undefined, true);
  if (latest.rule.status !== "off" && from) {
    await endEarlier(tx, await versionsOf(tx, latest.rule.id), from);
    await insertVersion(
      tx,
      { ...latest.rule, version: latest.version + 1, status: "off", from, to: undefined },
      "deleted",
    );
  }
  return latest.version;
}

async function writeBack(
  tx: Ctx,
  row: Rec<"rules">,
  wanted: { version?: number; sentence?: string; problem: string | null },
): Promise<void> {
  const cells = (await getRow(tx, "rules", row.id)) ?? {};
  const fields = Object.fromEntries(
    Object.entries(wanted).filter(([key, value]) => (cells[key as keyof typeof cells] ?? null) !== value),
  );
  if (Object.keys(fields).length === 0) return;
  await post(tx, [
    {
      kind: "record.update",
      key: `rule:${row.id}:${row.version}:${fingerprint(fields)}`,
      table: "rules",
      record: row.id,
      fields,
    },
  ]);
}
