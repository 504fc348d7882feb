import { parseScoreInput, scoreLecturers } from "#domain/feedback/score.ts";
import { defineCommand } from "../command.ts";

export const scoreCommand = defineCommand({
  name: "score",
  summary: "Scores of lecturers: mean, Bayesian mean, share of 4 and 5 with its interval, bands.",
  notes: ["prior: weight 10 and the mean of all ratings where not given. minimum: 5 where not given."],
  example: {
    prior: { mean: 3.5, weight: 10 },
    minimum: 2,
    ratings: [
      { lecturer: "l1", session: "x", score: 4 },
      { lecturer: "l1", session: "x", score: 5 },
      { lecturer: "l2", session: "y", score: 3 },
    ],
  },
  parse: parseScoreInput,
  answer: (input) => ({ lecturers: scoreLecturers(input) }),
});
