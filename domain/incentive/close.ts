import { fromHundredths, toHundredths } from "../numbers.ts";
import { addDays, addMonths } from "../time.ts";
import { factsOf } from "./period-facts.ts";
import { grantsDue } from "./grants.ts";
import type { Grant, Skipped } from "./grants.ts";
import type { CloseInput, LedgerEntry } from "./input.ts";

export interface Entry {
  key: string;
  kind: "grant" | "reversal";
  lecturer: string;
  period: string;
  rule: string;
  version: number;
  /** Decimal points; always whole hundredths. */
  points: number;
  reason: string;
  source: string;
  /** Key of the entry this one takes back, else null. */
  reverses: string | null;
}

export interface Award {
  /** Key of the ledger entry it came with. */
  key: string;
  state: "suggested" | "revoked";
  lecturer: string;
  title: string;
  kind: "honour" | "material" | "growth" | "none";
  rule: string;
  version: number;
  period: string;
  /** Local dates, both inclusive. */
  from: string;
  until: string;
  evidence: string;
}

export interface CloseResult {
  entries: Entry[];
  awards: Award[];
  skipped: Skipped[];
}

/**
 * Closes a period: what the rules give now, less what the ledger already holds. The ledger is only added to: what is no
 * longer due is taken back by a reversal, and caps, ranks and awards follow because everything is worked out afresh.
 */
export function closePeriod(input: CloseInput): CloseResult {
  const { grants, skipped, rules } = grantsDue(input, input.period);
  const book = new Book(input, rules);
  const result: CloseResult = { entries: [], awards: [], skipped };
  const wanted = new Map(grants.map((grant) => [baseKey(input.period, grant), grant]));
  for (const [base, entry] of book.standing) {
    const grant = wanted.get(base);
    if (grant && grant.hundredths === toHundredths(entry.points)) continue;
    result.entries.push(reversal(input.period, entry));
    const award = revoked(input, entry);
    if (award && !grant) result.awards.push(award);
  }
  for (const [base, grant] of wanted) {
    const standing = book.standing.get(base);
    if (standing && toHundredths(standing.points) === grant.hundredths) continue;
    const key = book.freeKey(base);
    result.entries.push(granted(input.period, grant, key));
    if (grant.rule.reward !== undefined && grant.evidence !== null && !standing)
      result.awards.push(suggested(input, grant, key));
  }
  return result;
}

function baseKey(period: string, grant: Grant): string {
  return [period, grant.rule.id, grant.lecturer, grant.source].map(encodePart).join("/");
}

/** Ids may hold a slash or #; the parts of a key must not. */
function encodePart(part: string): string {
  return part.replace(/[%/#]/g, encodeURIComponent);
}

/** The entries of one period and the rules now looked at, by what they were given for. */
class Book {
  readonly standing = new Map<string, LedgerEntry>();
  private readonly keys: ReadonlySet<string>;

  constructor(input: CloseInput, rules: ReadonlySet<string>) {
    this.keys = new Set(input.ledger.map((entry) => entry.key));
    const reversed = new Set(input.ledger.flatMap((entry) => entry.reverses ?? []));
    for (const entry of input.ledger) {
      const base = entry.key.split("#")[0] ?? entry.key;
      const ours = base.startsWith(`${encodePart(input.period)}/`) && rules.has(entry.rule ?? "");
      if (ours && !entry.reverses && !reversed.has(entry.key)) this.standing.set(base, entry);
    }
  }

  /** The base itself at first; after a reversal the same grant is written again as #2, #3, … */
  freeKey(base: string): string {
    let key = base;
    for (let turn = 2; this.keys.has(key); turn += 1) key = `${base}#${turn}`;
    return key;
  }
}

function granted(period: string, grant: Grant, key: string): Entry {
  return {
    key,
    kind: "grant",
    lecturer: grant.lecturer,
    period,
    rule: grant.rule.id,
    version: grant.rule.version,
    points: fromHundredths(grant.hundredths),
    reason: grant.reason,
    source: grant.source,
    reverses: null,
  };
}

function reversal(period: string, entry: LedgerEntry): Entry {
  return {
    key: `reversal/${entry.key}`,
    kind: "reversal",
    lecturer: entry.lecturer,
    period,
    rule: entry.rule ?? "",
    version: entry.version ?? 1,
    points: -entry.points || 0,
    reason: `更正:${entry.reason ?? entry.key}`,
    source: entry.source ?? "",
    reverses: entry.key,
  };
}

function suggested(input: CloseInput, grant: Grant, key: string): Award {
  const { lastDay } = factsOf(input, input.period);
  return {
    key,
    state: "suggested",
    lecturer: grant.lecturer,
    title: grant.rule.reward ?? "",
    kind: grant.rule.rewardKind,
    rule: grant.rule.id,
    version: grant.rule.version,
    period: input.period,
    from: addDays(lastDay, 1),
    until: endOfMonth(addMonths(lastDay.slice(0, 7), grant.rule.validMonths)),
    evidence: grant.evidence ?? "",
  };
}

function endOfMonth(month: string): string {
  return addDays(`${addMonths(month, 1)}-01`, -1);
}

/** The award that went with an entry now taken back. */
function revoked(input: CloseInput, entry: LedgerEntry): Award | null {
  const rule = input.rules.find((one) => one.id === entry.rule && one.version === (entry.version ?? 1));
  if (!rule?.reward || entry.source !== input.period) return null;
  const grant: Grant = {
    rule,
    lecturer: entry.lecturer,
    source: input.period,
    hundredths: 0,
    reason: "",
    evidence: entry.reason ?? "",
  };
  return { ...suggested(input, grant, entry.key), state: "revoked" };
}

/** The total of a lecturer is always the sum of the entries, in whole hundredths. */
export function totalOf(ledger: readonly { lecturer: string; points: number }[], lecturer: string): number {
  const own = ledger.filter((entry) => entry.lecturer === lecturer);
  return fromHundredths(own.reduce((total, entry) => total + toHundredths(entry.points), 0));
}
