import { dateOf } from "../case/dates.ts";
import type { Evidence } from "./evidence.ts";
import { held, ratingsGiven } from "./happened.ts";

export interface Figure {
  name: string;
  /** The article's value before and after. */
  article: [string, string];
  /** What this company declared, and what its people then did, with counts. */
  before: string;
  after: string;
  /** What the server shows in 指标 for the last closed month. */
  shown: string;
}

/** The article's table with this walk's counts beside it. */
export function figures(evidence: Evidence): Figure[] {
  const { baseline } = evidence.company.history;
  const shown = lastMetrics(evidence);
  return [
    {
      name: "主动分享率",
      article: ["70%", "95%"],
      before: percent(1 - baseline.nudgedShare),
      after: proactive(evidence),
      shown: shown("主动分享率"),
    },
    {
      name: "学员满意度",
      article: ["3.5", "4.3"],
      before: String(baseline.satisfaction),
      after: satisfaction(evidence),
      shown: shown("学员满意度"),
    },
    {
      name: "协调工时(小时/周)",
      article: ["8", "2"],
      before: String(baseline.hoursPerWeek),
      after: "–",
      shown: shown("协调工时（小时/周）"),
    },
    {
      name: "分享意愿",
      article: ["50%", "85%"],
      before: percent(baseline.willing),
      after: willing(evidence),
      shown: shown("分享意愿"),
    },
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}

/** Sessions whose content came without a person's nudge, of those held; counted by what lecturers did before the start. */
function proactive(evidence: Evidence): string {
  const sessions = held(evidence);
  const ready = sessions.filter((session) =>
    evidence.acts.some(({ at, who, intent, result }) => {
      if (who !== session.lecturer || result !== "done" || at >= session.start) return false;
      if (intent.do === "upload") return intent.about.start === session.start;
      return (
        intent.do === "press" &&
        intent.card === "content missing" &&
        dateOf(intent.about.start ?? 0) === dateOf(session.start)
      );
    }),
  );
  return sessions.length === 0
    ? "–"
    : `${percent(ready.length / sessions.length)}(${ready.length}/${sessions.length} 场)`;
}

function satisfaction(evidence: Evidence): string {
  const scores = ratingsGiven(evidence.acts).map((rating) => rating.score);
  const mean = scores.reduce((sum, score) => sum + score, 0) / Math.max(1, scores.length);
  return scores.length === 0 ? "–" : `${mean.toFixed(2)}(${scores.length} 份)`;
}

function willing(evidence: Evidence): string {
  const answers = evidence.acts.flatMap(({ intent, result }) =>
    intent.do === "press" && intent.card === "survey" && result === "done" ? [intent.words[0] ?? ""] : [],
  );
  const yes = answers.filter((answer) => answer === "很愿意" || answer === "愿意").length;
  return answers.length === 0 ? "–" : `${percent(yes / answers.length)}(${yes}/${answers.length} 人)`;
}

function lastMetrics(evidence: Evidence): (field: string) => string {
  const rows = (evidence.admin?.rows("指标") ?? []).filter(
    (row) =>
      evidence.admin?.text(row.fields["阶段"]) === "上线后" &&
      evidence.admin.linkIds(row.fields["讲师群"]).length === 0,
  );
  const last = rows.sort((a, b) => Number(a.fields["月份"]) - Number(b.fields["月份"])).at(-1);
  return (field) => {
    const value = last?.fields[field];
    if (typeof value !== "number") return "–";
    return value <= 1 && field !== "学员满意度" && !field.startsWith("协调")
      ? percent(value)
      : String(Math.round(value * 100) / 100);
  };
}
