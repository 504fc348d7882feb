import type { JsonCommand } from "../command.ts";
import { forecastCommand } from "./forecast.ts";
import { planCommand } from "./plan.ts";
import { scoreCommand } from "./score.ts";

/** The commands of design.md §8, in the order help lists them. */
export const jsonCommands: readonly JsonCommand[] = [planCommand, scoreCommand, forecastCommand];
