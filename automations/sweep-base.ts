import { sweep } from "#server/services/records/sweep.ts";
import { defineAutomation } from "./define.ts";

/** Events may be lost: every ten minutes of the waking day one call a Base tells which tables moved. */
export const sweepBase = defineAutomation({
  id: "base.sweep",
  on: { cron: "*/10 7-21 * * *", missed: "latest" },
  run: (ctx) => sweep(ctx),
});

/** At night hourly is enough: the calls of a month are counted (decisions.md 7), and nothing is sent at night. */
export const sweepBaseAtNight = defineAutomation({
  id: "base.sweep.night",
  on: { cron: "0 0-6,22,23 * * *", missed: "latest" },
  run: (ctx) => sweep(ctx),
});
