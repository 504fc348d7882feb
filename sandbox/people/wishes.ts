import { DAY, MINUTE } from "../case/dates.ts";
import { demands } from "../case/demands.ts";
import type { Company } from "../case/generate.ts";
import { between, pick } from "../case/random.ts";
import { awake, BEHAVIOUR } from "./profile.ts";
import type { Draft } from "./scene.ts";

/** Half a year is as far as people's wishes are thought out. */
const WEEKS = 26;

/** What learners will write into the form 提需求, week by week: sentences of the same kind as those already there. */
export function wishes(of: Company): Draft[] {
  const learners = of.org.people.filter((person) => person.role === "learner");
  const count = WEEKS * BEHAVIOUR.asksAWeek;
  const sentences = demands(of.seed + 1000, of.org, "2026-11-30", count);
  return sentences.map(({ text, source }, index) => {
    const week = Math.floor(index / BEHAVIOUR.asksAWeek);
    const minutes = between(60, 7 * 1440, of.seed, "wish", index);
    const at = awake(of.start + week * 7 * DAY + minutes * MINUTE);
    const who = pick(learners, of.seed, "wishes", index).open_id;
    return { at, who, key: `ask|${index}`, intent: { do: "ask" as const, text, source } };
  });
}
