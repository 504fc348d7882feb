import { bayesMean, wilson } from "../feedback/score.ts";
import { groupBy, mean, sum, toHundredths } from "../numbers.ts";
import { monthsOf } from "../time.ts";
import type { CloseInput, Session } from "./input.ts";
import { factsOf, isDelivered } from "./period-facts.ts";
import type { PeriodFacts } from "./period-facts.ts";
import { choosePlaces, compareRanked, placesOf } from "./rank.ts";
import type { Ranked } from "./rank.ts";
import { coefficientFactors, inForce, minimumOf, ruleIds } from "./rules.ts";
import type { Rule } from "./rules.ts";

/** What a lecturer should have from one rule and source in a period. */
export interface Grant {
  rule: Rule;
  lecturer: string;
  /** Session id, or the period for rules about the whole of it. */
  source: string;
  hundredths: number;
  reason: string;
  /** For awards: what it rests on, in words. */
  evidence: string | null;
}

export interface Skipped {
  rule?: string;
  lecturer?: string;
  session?: string;
  why: string;
}

export interface Due {
  grants: Grant[];
  skipped: Skipped[];
  /** Ids of the rules that were looked at; entries of other rules are left alone. */
  rules: Set<string>;
}

/** Everything the rules give for one period, worked out from nothing but sessions and ratings. */
export function grantsDue(input: Omit<CloseInput, "period" | "ledger">, period: string): Due {
  const facts = factsOf(input, period);
  const due: Due = { grants: [], skipped: facts.notDelivered.map(notHeld), rules: new Set() };
  for (const id of ruleIds(input.rules)) {
    const run = new RuleRun(input, facts, id, due);
    if (run.applies()) run.collect();
  }
  return due;
}

function notHeld(session: Session): Skipped {
  return {
    session: session.id,
    lecturer: session.lecturer,
    why: `没有记为已分享 (not delivered: ${session.state})`,
  };
}

const kindOf = (period: string) =>
  period.includes("-Q") ? "quarter" : period.length === 4 ? "year" : "month";

class RuleRun {
  private readonly input: Omit<CloseInput, "period" | "ledger">;
  private readonly facts: PeriodFacts;
  private readonly id: string;
  private readonly due: Due;
  /** Lecturer → hundredths already given by this rule in this period. */
  private readonly given = new Map<string, number>();
  /** Lecturers whose one share below the floor has counted. */
  private readonly forgiven = new Set<string>();

  constructor(input: Omit<CloseInput, "period" | "ledger">, facts: PeriodFacts, id: string, due: Due) {
    this.input = input;
    this.facts = facts;
    this.id = id;
    this.due = due;
  }

  applies(): boolean {
    const kind = kindOf(this.facts.period);
    const last = inForce(this.input.rules, this.id, this.facts.lastDay);
    const any = last ?? this.facts.sessions.map((one) => this.ruleAt(one)).find((one) => one !== null);
    if (!any) return false;
    return any.period === kind || (kind === "quarter" && last !== null && this.monthsHadTooFew(last));
  }

  /** A monthly ranking with `fewRated: quarter` is made up for by quarter when no month had a place to give. */
  private monthsHadTooFew(one: Rule): boolean {
    if (one.trigger !== "rank" || one.period !== "month" || one.fewRated !== "quarter") return false;
    return monthsOf(this.facts.period).every((month) => {
      const rated = ratedLecturers(factsOf(this.input, month), minimumOf(one));
      return placesOf(one.rankKind ?? "percent", one.threshold ?? 0, rated.length) === 0;
    });
  }

  collect(): void {
    this.due.rules.add(this.id);
    const last = inForce(this.input.rules, this.id, this.facts.lastDay);
    if (last?.trigger === "rank") return this.rank(last);
    if (last?.trigger === "count") return last.rankKind ? this.rankByCount(last) : this.count(last);
    for (const session of this.facts.sessions) {
      const one = this.ruleAt(session);
      if (one) this.session(one, session);
    }
  }

  private ruleAt(session: Session): Rule | null {
    return inForce(this.input.rules, this.id, this.facts.dayOf(session));
  }

  private session(one: Rule, session: Session): void {
    const scores = this.facts.scoresOf(session.id);
    switch (one.trigger) {
      case "share":
        return this.speakers(one, session);
      case "quality":
        if (scores.length < minimumOf(one))
          return this.skip(one, session, `只有 ${scores.length} 份评分 (too few ratings)`);
        if ((mean(scores) ?? 0) < (one.threshold ?? 0))
          return this.skip(one, session, "评分未到标准 (below the threshold)");
        return this.speakers(one, session);
      case "first":
        return this.first(one, session);
      case "course":
        return session.newCourse ? this.speakers(one, session) : undefined;
      case "help":
        for (const helper of new Set(session.helpers))
          this.grant(one, helper, session, one.points, "帮助同事");
        return;
      case "thanks":
        return session.thanks >= Math.max(1, one.threshold ?? 1) ? this.speakers(one, session) : undefined;
      case "rank":
      case "count":
    }
  }

  private first(one: Rule, session: Session): void {
    for (const lecturer of speakersOf(session)) {
      const before = this.input.lecturers.find((entry) => entry.id === lecturer)?.sharesBefore ?? 0;
      const first = this.input.sessions
        .filter((other) => isDelivered(other) && speakersOf(other).includes(lecturer))
        .reduce((a, b) => (Date.parse(b.start) < Date.parse(a.start) ? b : a), session);
      if (before === 0 && first.id === session.id) this.grant(one, lecturer, session, one.points, "首次分享");
    }
  }

  /** Points to those who spoke, split as the rule says. */
  private speakers(one: Rule, session: Session): void {
    const all = speakersOf(session);
    const who = one.split === "lead" ? all.slice(0, 1) : all;
    const part = one.split === "equal" ? 1 / who.length : 1;
    const note = who.length > 1 && one.split === "equal" ? `,${who.length} 人平分` : "";
    for (const lecturer of who) {
      if (one.trigger === "share" && this.isBelowFloor(one, session, lecturer)) continue;
      this.grant(one, lecturer, session, one.points * part * this.coefficient(one, lecturer, session), note);
    }
  }

  private coefficient(one: Rule, lecturer: string, session: Session): number {
    const level = this.input.lecturers.find((entry) => entry.id === lecturer)?.level ?? 1;
    const values = { level, difficulty: session.difficulty, hours: session.hours };
    return (coefficientFactors(one.coefficient) ?? []).reduce((product, name) => product * values[name], 1);
  }

  /** Below the floor a share counts once a period: no fine for one bad day. A floor ≤ 0 is measured from the group's mean. */
  private isBelowFloor(one: Rule, session: Session, lecturer: string): boolean {
    const scores = this.facts.scoresOf(session.id);
    const own = mean(scores);
    if (one.floor === undefined || own === null || scores.length < minimumOf(one)) return false;
    const floor = one.floor > 0 ? one.floor : (this.facts.groupMean(session.group) ?? 0) + one.floor;
    if (own >= floor) return false;
    if (!this.forgiven.has(lecturer)) {
      this.forgiven.add(lecturer);
      return false;
    }
    this.skip(one, session, "评分低于下限,本期已照计过一次 (below the floor)", lecturer);
    return true;
  }

  private grant(one: Rule, lecturer: string, session: Session, points: number, note: string): void {
    const wanted = toHundredths(points);
    const left = this.room(one, lecturer);
    const hundredths = wanted > 0 ? Math.min(wanted, left) : wanted;
    if (wanted > 0 && hundredths <= 0) return this.skip(one, session, "已到周期上限 (cap reached)", lecturer);
    this.given.set(lecturer, (this.given.get(lecturer) ?? 0) + hundredths);
    const capped = hundredths < wanted ? ",到周期上限为止" : "";
    const text = note && !note.startsWith(",") ? `,${note}` : note;
    this.push(
      one,
      lecturer,
      session.id,
      hundredths,
      `${nameOf(one)}:${session.title ?? session.id}${text}${capped}`,
      null,
    );
  }

  private room(one: Rule, lecturer: string): number {
    return one.cap === undefined ? Infinity : toHundredths(one.cap) - (this.given.get(lecturer) ?? 0);
  }

  private rank(one: Rule): void {
    const rated = ratedLecturers(this.facts, minimumOf(one));
    const places = placesOf(one.rankKind ?? "percent", one.threshold ?? 0, rated.length);
    if (places === 0)
      return this.skipRule(one, `有足够评分的讲师只有 ${rated.length} 位,没有名额 (no place to give)`);
    const ranked = this.willing(
      one,
      rated.map((entry) => ({ lecturer: entry, ...this.scoreOf(entry) })),
    );
    this.award(one, ranked, places, ({ lecturer, values }) => this.ratingEvidence(lecturer, values[0] ?? 0));
  }

  private scoreOf(lecturer: string): Pick<Ranked, "values" | "interval"> {
    const all = this.facts.ratings;
    const own = all.filter((rating) => rating.lecturer === lecturer).map((rating) => rating.score);
    const prior = {
      mean: this.input.prior?.mean ?? mean(all.map((rating) => rating.score)) ?? 0,
      weight: this.input.prior?.weight ?? 10,
    };
    const interval = wilson(own.filter((score) => score >= 4).length, own.length);
    return { values: [bayesMean(own, prior)], interval };
  }

  private ratingEvidence(lecturer: string, bayes: number): string {
    const n = this.facts.ratings.filter((rating) => rating.lecturer === lecturer).length;
    return `${n} 人反馈,评分 ${bayes.toFixed(2)}`;
  }

  private count(one: Rule): void {
    for (const { id } of this.input.lecturers) {
      const shares = this.sharesOf(id).length;
      if (shares > 0 && shares >= (one.threshold ?? 0))
        this.whole(one, id, `${this.facts.period} 分享 ${shares} 次`);
    }
  }

  /** By shares on different topics; ties go to who helped more learners (those who said they used it). */
  private rankByCount(one: Rule): void {
    const speakers = this.input.lecturers
      .map((entry) => entry.id)
      .filter((id) => this.sharesOf(id).length > 0);
    const places = placesOf(one.rankKind ?? "top", one.threshold ?? 0, speakers.length);
    const ranked = speakers.map((lecturer) => {
      const shares = this.sharesOf(lecturer);
      const topics = new Set(shares.map((session) => session.topic ?? session.id)).size;
      return { lecturer, values: [topics, sum(shares.map((session) => session.used))] };
    });
    this.award(one, this.willing(one, ranked), places, ({ values: [topics = 0, used = 0] }) =>
      used > 0 ? `不同主题分享 ${topics} 次，${used} 人用上了` : `不同主题分享 ${topics} 次`,
    );
  }

  private sharesOf(lecturer: string): Session[] {
    return this.facts.sessions.filter((session) => speakersOf(session).includes(lecturer));
  }

  /** Without those who opted out of rankings; they keep their place in the count of the rated. */
  private willing(one: Rule, ranked: readonly Ranked[]): Ranked[] {
    const out = new Set(this.input.lecturers.filter((entry) => entry.optOut).map((entry) => entry.id));
    for (const { lecturer } of ranked)
      if (out.has(lecturer))
        this.due.skipped.push({ rule: one.id, lecturer, why: "本人不参与排行 (opted out of rankings)" });
    return ranked.filter(({ lecturer }) => !out.has(lecturer)).sort(compareRanked);
  }

  private award(
    one: Rule,
    ranked: readonly Ranked[],
    places: number,
    evidence: (ranked: Ranked) => string,
  ): void {
    const { chosen, undecided } = choosePlaces(ranked, places, one.ties);
    for (const { lecturer } of undecided)
      this.due.skipped.push({
        rule: one.id,
        lecturer,
        why: "名额处分不出先后,请管理员决定 (tied at the cut: the admin decides)",
      });
    for (const entry of chosen) {
      const { lecturer } = entry;
      if (
        one.trigger === "rank" &&
        one.floor !== undefined &&
        one.floor > 0 &&
        (entry.values[0] ?? 0) < one.floor
      )
        this.due.skipped.push({ rule: one.id, lecturer, why: "评分低于下限 (below the floor)" });
      else if (this.sharesOf(lecturer).length < one.minShares)
        this.due.skipped.push({
          rule: one.id,
          lecturer,
          why: `分享不足 ${one.minShares} 次 (too few shares)`,
        });
      else this.whole(one, lecturer, evidence(entry));
    }
  }

  /** A grant for the whole period. */
  private whole(one: Rule, lecturer: string, evidence: string): void {
    const hundredths = Math.min(toHundredths(one.points), this.room(one, lecturer));
    const reason = `${nameOf(one)}：${evidence}`;
    this.push(one, lecturer, this.facts.period, hundredths, reason, evidence);
  }

  private push(
    rule: Rule,
    lecturer: string,
    source: string,
    hundredths: number,
    reason: string,
    evidence: string | null,
  ): void {
    this.due.grants.push({ rule, lecturer, source, hundredths, reason, evidence });
  }

  private skip(one: Rule, session: Session, why: string, lecturer = session.lecturer): void {
    this.due.skipped.push({ rule: one.id, lecturer, session: session.id, why });
  }

  private skipRule(one: Rule, why: string): void {
    this.due.skipped.push({ rule: one.id, why });
  }
}

function nameOf(one: Rule): string {
  return one.name ?? one.id;
}

/** Who spoke, the lead first, each once. */
export function speakersOf(session: Session): string[] {
  return [...new Set([session.lecturer, ...session.co])];
}

/** Lecturers with at least `minimum` ratings in the period, in order of first appearance. */
function ratedLecturers(facts: PeriodFacts, minimum: number): string[] {
  return [...groupBy(facts.ratings, (rating) => rating.lecturer)]
    .filter(([, ratings]) => ratings.length >= minimum)
    .map(([lecturer]) => lecturer);
}
