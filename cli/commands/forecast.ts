import { forecast, parseForecastInput } from "#domain/willingness/forecast.ts";
import { defineCommand } from "../command.ts";

export const forecastCommand = defineCommand({
  name: "forecast",
  summary: "Who will go on sharing: the beta-geometric/beta-Bernoulli model.",
  notes: [
    "Instead of histories: summary, a list of { x: turns shared, tx: the last one that was (0 if none), n: turns in all,\ncount: how many such lecturers (default 1) }.",
    "Maximum likelihood (ml) from 200 histories up. Below that, or where the likelihood has no clear maximum, the posterior\nmode (map) under a prior: alpha, beta, gamma, delta log-normal around 2, 1, 1, 9 (two of three turns shared, one lecturer\nin ten stops at a turn), standard deviation 1 on the log scale.",
    "alive: P(alive at turn n + 1). expected: shares expected in turns n + 1 to n + horizon (default 5).",
  ],
  example: {
    histories: [
      { lecturer: "l1", turns: [1, 0, 1, 1] },
      { lecturer: "l2", turns: [1, 0, 0, 0] },
    ],
    horizon: 5,
  },
  parse: parseForecastInput,
  answer: forecast,
});
