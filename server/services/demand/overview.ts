import type { RowOf } from "#base/index.ts";
import type { Ctx } from "../../context.ts";
import type { Rec } from "../records/read.ts";
import { recordsAsSaved } from "../records/pending.ts";
import { demandWindow } from "./window.ts";

/** Examples shown of a topic; the rest stands in the table. */
const EXAMPLES = 20;

/** One wish in the learner's words; who asked is not shown here. */
export interface Wish {
  id: string;
  text: string;
  at: number | null;
  source: RowOf<"demands">["source"] | null;
  state: NonNullable<RowOf<"demands">["state"]>;
}
export interface TopicView {
  id: string;
  name: string;
  state: NonNullable<RowOf<"topics">["state"]>;
  keywords: string;
  count: number;
  /** Of all wishes in the window, 0–1. */
  share: number;
  /** Against the window before; null when that is short. */
  trend: number | null;
  lastShared: number | null;
  examples: Wish[];
  pending: boolean;
}
export interface DemandOverview {
  /** Wishes in the window, and how many days back it may reach. */
  window: { count: number; days: number };
  topics: TopicView[];
  /** Suggested by the system, to be taken into use or retired. */
  suggested: TopicView[];
  unclassified: Wish[];
  emerging: { words: string[]; count: number; examples: Wish[] }[];
}

/** 学员想听什么: topics by share, what no topic covers, and what many ask for that has no topic yet. */
export async function demandOverview(ctx: Ctx): Promise<DemandOverview> {
  const { demands, result } = await demandWindow(ctx);
  const wishes = new Map(demands.map((demand) => [demand.id, wishOf(demand)]));
  const pick = (ids: readonly string[], most = EXAMPLES) =>
    ids
      .flatMap((id) => wishes.get(id) ?? [])
      .sort((a, b) => (b.at ?? 0) - (a.at ?? 0))
      .slice(0, most);
  const counted = new Map(result.topics.map((topic) => [topic.topic, topic]));
  const all = (await recordsAsSaved(ctx, "topics")).flatMap((row): TopicView[] => {
    const found = counted.get(row.id);
    const state = row.state ?? "active";
    if (!row.name || state === "retired") return [];
    return [
      {
        id: row.id,
        name: row.name,
        state,
        keywords: row.keywords ?? "",
        count: found?.count ?? row.count ?? 0,
        share: found?.share ?? 0,
        trend: found?.trend ?? null,
        lastShared: row.lastShared ?? null,
        examples: pick(found?.evidence ?? []),
        pending: row.pending,
      },
    ];
  });
  all.sort((a, b) => b.count - a.count || a.name.localeCompare(b.name, "zh"));
  return {
    window: { count: Math.min(demands.length, ctx.settings.demandWindow), days: ctx.settings.demandDays },
    topics: all.filter(({ state }) => state === "active"),
    suggested: all.filter(({ state }) => state === "suggested"),
    unclassified: pick(result.unclassified, 100),
    emerging: result.emerging.map(({ words, count, evidence }) => ({
      words: [...words],
      count,
      examples: pick(evidence),
    })),
  };
}

function wishOf(demand: Rec<"demands">): Wish {
  const { id, text, at, source, state } = demand;
  return { id, text: text ?? "", at: at ?? null, source: source ?? null, state: state ?? "asked" };
}
