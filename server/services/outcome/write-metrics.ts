import type { Figures } from "#domain/outcome/figures.ts";
import type { Effect } from "#domain/effects.ts";
import { instantAt } from "#domain/time.ts";
import type { Ctx } from "../../context.ts";
import { post } from "../effects/post.ts";
import { fingerprint } from "../fingerprint.ts";
import { recordsMadeBy } from "../records/made.ts";
import { allRecords } from "../records/read.ts";
import { declaredBaseline } from "./figures.ts";

const metricKey = (month: string, group: string) => `metrics:${month}:${group}`;

/** Rows of 指标: one a month and group, and one for all; the declared months before have a row of their own. */
export async function writeMetrics(tx: Ctx, figures: Figures[]): Promise<number> {
  const groups = new Map((await allRecords(tx, "groups")).map((row) => [row.id, row.name ?? ""]));
  const rows = figures.map((one) => {
    const name =
      one.group === null ? (tx.settings.language === "zh" ? "全部" : "all") : (groups.get(one.group) ?? "");
    return { key: metricKey(one.month, one.group ?? "all"), fields: metricFields(tx, one, name) };
  });
  const before = await baselineRow(tx);
  const wanted = before ? [before, ...rows] : rows;
  const made = await recordsMadeBy(
    tx,
    wanted.map(({ key }) => key),
  );
  const effects = wanted.map(({ key, fields }): Effect => {
    const record = made.get(key);
    return record
      ? { kind: "record.update", key: `${key}:${fingerprint(fields)}`, table: "metrics", record, fields }
      : { kind: "record.create", key, table: "metrics", fields };
  });
  return (await post(tx, effects)).length;
}

function metricFields(ctx: Ctx, one: Figures, name: string): Record<string, unknown> {
  const zone = ctx.workspace.timezone;
  return compact({
    label: `${one.month} ${name}`,
    monthStart: instantAt(`${one.month}-01`, "00:00", zone),
    group: one.group === null ? undefined : name,
    groupRecord: one.group ?? undefined,
    phase: "after",
    proactiveRate: one.proactive.share,
    proactiveN: one.proactive.n,
    held: one.proactive.of,
    satisfaction: one.satisfaction.mean === null ? null : Math.round(one.satisfaction.mean * 100) / 100,
    ratings: one.satisfaction.n,
    hours: Math.round(one.coordination.hoursPerWeek * 10) / 10,
    actions: one.coordination.acts,
    willing: one.willing?.share,
    willingN: one.willing?.of,
  });
}

/** A figure without data has no number, never 0. */
const compact = (fields: Record<string, unknown>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));

async function baselineRow(ctx: Ctx): Promise<{ key: string; fields: Record<string, unknown> } | null> {
  const declared = await declaredBaseline(ctx);
  if (!declared) return null;
  const zh = ctx.settings.language === "zh";
  const day = /^\d{4}-\d{2}-\d{2}$/.test(declared.declared) ? declared.declared : null;
  return {
    key: "metrics:before",
    fields: compact({
      label: zh
        ? `上线前 全部（自报 ${declared.declared}）`
        : `before, all (self-reported ${declared.declared})`,
      monthStart: day ? instantAt(`${day.slice(0, 7)}-01`, "00:00", ctx.workspace.timezone) : undefined,
      phase: "before",
      proactiveRate: declared.proactive,
      satisfaction: declared.satisfaction,
      hours: declared.hoursPerWeek,
      willing: declared.willing,
    }),
  };
}
