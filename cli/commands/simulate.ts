import { parseSimulateInput } from "#domain/incentive/input.ts";
import { simulate } from "#domain/incentive/simulate.ts";
import { defineCommand } from "../command.ts";
import { closeExample } from "./close-example.ts";
import { ruleNotes } from "./close.ts";

const { rules, period, ...facts } = closeExample;

export const simulateCommand = defineCommand({
  name: "simulate",
  summary: "What other incentive rules would have given in past periods.",
  notes: [
    ...ruleNotes,
    "periods: the periods to close with both sets, from an empty ledger; name quarters beside months to see their rules.\nproposed: the newest version of each rule, in force throughout whatever its dates.",
  ],
  example: {
    ...facts,
    rules,
    proposed: rules.map((rule) => (rule.id === "share" ? { ...rule, version: 2, points: 1 } : rule)),
    periods: [period],
  },
  parse: parseSimulateInput,
  answer: simulate,
});
