import type { JsonCommand } from "../command.ts";
import { closeCommand } from "./close.ts";
import { demandCommand } from "./demand.ts";
import { forecastCommand } from "./forecast.ts";
import { keywordsCommand } from "./keywords.ts";
import { planCommand } from "./plan.ts";
import { scoreCommand } from "./score.ts";
import { simulateCommand } from "./simulate.ts";

/** The commands of design.md §8, in the order help lists them. */
export const jsonCommands: readonly JsonCommand[] = [
  planCommand,
  scoreCommand,
  forecastCommand,
  closeCommand,
  simulateCommand,
  demandCommand,
  keywordsCommand,
];
