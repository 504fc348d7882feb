import { closePeriod } from "#domain/incentive/close.ts";
import { parseCloseInput } from "#domain/incentive/input.ts";
import { defineCommand } from "../command.ts";
import { closeExample } from "./close-example.ts";

/** Shared with `simulate`, whose rules are the same. */
export const ruleNotes: readonly string[] = [
  "period: 2026-10, 2026-Q4 or 2026; a rule acts when the period closed is of its own kind. Only sessions with the state\ndelivered or rated count (others: open, planned, confirmed, submitted, cancelled).",
  [
    "rules[]:",
    "  trigger    share (each share) · quality (share with a mean >= threshold) · rank (by rating) · count (number of shares:",
    "             threshold reached, or with rankKind the most shares on different topics) · first · course (newCourse) ·",
    "             help (sessions[].helpers) · thanks (thanks >= threshold, at least 1)",
    "  rankKind   percent (top threshold %: floor(p · N / 100 + 1e-9) of the N with minN ratings) · top (first threshold)",
    "  ties       all · none · band (all at the cut whose intervals overlap, at most twice the places; else the admin decides)",
    "  points     to hundredths, half up · coefficient: 级别 (level), 难度 (difficulty), 时长 (hours) joined by ×",
    "  cap        most points by this rule, lecturer and period · floor: least mean of a share with minN ratings; <= 0 is",
    "             measured from the group's mean; one share below it still counts",
    "  minN       10 for rank, else 5 · minShares: shares needed beside the rank · split: equal, full, lead",
    "  reward     makes an award (rewardKind honour, material, growth, none) valid for validMonths",
    "  fewRated   quarter: a monthly rank that had no place in any month is given when the quarter closes · skip",
    "  status     active, draft, off · from, to: first and last day · the highest version in force on the day counts",
  ].join("\n"),
  "prior: of the rating used in ranks; weight 10 and the mean of the period's ratings where not given.",
];

export const closeCommand = defineCommand({
  name: "close",
  summary: "Close a period: ledger entries and awards by the incentive rules.",
  notes: [
    ...ruleNotes,
    "The ledger is only added to. Run again with its own entries it adds nothing; when a session or rating has changed it\nreverses what is no longer due and adds what is.",
  ],
  example: closeExample,
  parse: parseCloseInput,
  answer: closePeriod,
});
