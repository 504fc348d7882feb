import type { WindowKey } from "#base/options.ts";
import type { Motivation } from "#domain/messages/actions.ts";
import { motivations } from "#domain/messages/actions.ts";
import type { Ctx } from "../../context.ts";
import { wantedMessages, type Wanted } from "../messages/wanted.ts";
import type { Rec } from "../records/read.ts";
import { preferenceOf } from "./choose.ts";
import { consents } from "./consent.ts";

type Hours = { from: string; to: string };

/** 我的偏好: what is written in the lecturer's own row of the Base, and what only the server keeps. */
export interface MyPreferences {
  /** The row in 讲师 that holds the first part. */
  record: string;
  windows: WindowKey[];
  windowsExact: string;
  /** Trips and months off, as written. */
  datesOff: string;
  /** ms of a local midnight; null = not away. */
  awayUntil: number | null;
  maxPerMonth: number | null;
  minGapWeeks: number | null;
  expertise: string[];
  hideFromRankings: boolean;
  noCareNotes: boolean;
  /** What holds where the lecturer has set nothing. */
  usual: { maxPerMonth: number; minGapDays: number; hours: Record<"am" | "pm" | "eve", Hours> };
  zone: string;
  motivation: { choice: Motivation[]; source: "asked" | "observed" | "admin"; at: number } | null;
  shown: { quotes: boolean };
  /** Kinds of message that may be declined. */
  messages: Wanted[];
}

export async function myPreferences(
  ctx: Ctx,
  lecturer: Rec<"lecturers">,
  person: string,
): Promise<MyPreferences> {
  const said = await preferenceOf(ctx, person);
  const { morning, afternoon, evening, maxTurnsPerMonth, minGapDays } = ctx.settings;
  return {
    record: lecturer.id,
    windows: lecturer.windows ?? [],
    windowsExact: lecturer.windowsExact ?? "",
    datesOff: lecturer.datesOff ?? "",
    awayUntil: lecturer.awayUntil ?? null,
    maxPerMonth: lecturer.maxPerMonth ?? null,
    minGapWeeks: lecturer.minGapWeeks ?? null,
    expertise: lecturer.expertise ?? [],
    hideFromRankings: lecturer.optOutBoards,
    noCareNotes: lecturer.optOutWarning,
    usual: {
      maxPerMonth: maxTurnsPerMonth,
      minGapDays,
      hours: { am: morning[0]!, pm: afternoon[0]!, eve: evening[0]! },
    },
    zone: ctx.workspace.timezone,
    motivation: said
      ? { choice: motivations.filter((one) => said.choice.includes(one)), source: said.source, at: said.at }
      : null,
    shown: { quotes: await consents(ctx, person, "quotes") },
    messages: await wantedMessages(ctx, person),
  };
}
