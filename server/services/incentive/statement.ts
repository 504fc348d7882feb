import { and, desc, eq } from "drizzle-orm";
import { inForce, ruleIds, type Rule } from "#domain/incentive/rules.ts";
import { ruleSentence } from "#domain/incentive/sentence.ts";
import { sum } from "#domain/numbers.ts";
import { localDay } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { award, ledger } from "../../db/schema.ts";
import { allRecords, type Rec } from "../records/read.ts";
import { loadRules } from "./load-rules.ts";
import { nextRewards, type NextReward } from "./next-rewards.ts";

const DAY = 86_400_000;

/** One entry of the ledger with its why. */
export interface StatementEntry {
  key: string;
  kind: "grant" | "reversal" | "adjust";
  period: string;
  /** Hundredths. */
  points: number;
  reason: string;
  /** The rule in words, in the version that gave the points. */
  rule: string | null;
  session: string | null;
  /** Whether it may still be asked about. */
  open: boolean;
  /** The entry this one takes back. */
  reverses: string | null;
  /** ms. */
  at: number;
}

export interface Title {
  key: string;
  title: string;
  period: string;
  evidence: string;
  state: "approved" | "granted" | "expired";
  /** ms; null = without end. */
  until: number | null;
  /** Whether others may know; null = not yet answered. */
  shared: boolean | null;
}

export interface Statement {
  /** Hundredths; always the sum of the entries. */
  total: number;
  entries: StatementEntry[];
  titles: Title[];
  next: NextReward[];
  /** What earns points now, in words. */
  rules: string[];
}

/** 我的积分与称号: nobody else's are in it. */
export async function statement(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  language: "zh" | "en",
): Promise<Statement> {
  const rows = await ctx.db
    .select()
    .from(ledger)
    .where(and(eq(ledger.workspace, ctx.workspace.id), eq(ledger.lecturer, lecturer.id)))
    .orderBy(desc(ledger.at), ledger.key);
  const rules = await loadRules(ctx);
  const labels = new Map((await allRecords(ctx, "sessions")).map((row) => [row.id, row.title ?? row.label]));
  const version = (id: string | null, n: number | null) =>
    rules.find((rule) => rule.id === id && rule.version === n);
  return {
    total: sum(rows.map(({ points }) => points)),
    // A title without points is told among the titles.
    entries: rows
      .filter(({ points }) => points !== 0)
      .map((row) => ({
        key: row.key,
        kind: row.kind,
        period: row.period,
        points: row.points,
        reason: row.reason,
        rule: sentenceOf(version(row.rule, row.ruleVersion), language),
        session: (row.session && labels.get(row.session)) ?? null,
        open: ctx.now - row.at <= ctx.settings.objectionDays * DAY,
        reverses: row.reverses,
        at: row.at,
      })),
    titles: await titlesOf(ctx, lecturer.id),
    next: await nextRewards(ctx, lecturer, rules, language),
    rules: earning(ctx, rules).map((rule) => ruleSentence(rule, language)),
  };
}

const sentenceOf = (rule: Rule | undefined, language: "zh" | "en") =>
  rule ? ruleSentence(rule, language) : null;

function earning(ctx: Ctx, rules: Rule[]): Rule[] {
  const today = localDay(ctx.now, ctx.workspace.timezone);
  return ruleIds(rules)
    .flatMap((id) => inForce(rules, id, today) ?? [])
    .filter(({ points }) => points > 0);
}

/** A suggestion is nobody's business but the admin's until it is decided. */
async function titlesOf(ctx: Ctx, lecturer: string): Promise<Title[]> {
  const rows = await ctx.db
    .select()
    .from(award)
    .where(and(eq(award.workspace, ctx.workspace.id), eq(award.lecturer, lecturer)))
    .orderBy(desc(award.at));
  return rows.flatMap(({ key, title, period, evidence, state, until, consent }) =>
    state === "approved" || state === "granted" || state === "expired"
      ? [{ key, title, period, evidence, state, until, shared: consent }]
      : [],
  );
}
