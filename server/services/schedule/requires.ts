import type { Rec } from "../records/read.ts";

/** Least expertise a group's sessions ask for, by tag (design.md §8 d). */
export const requiredLevels = ({ requires = [] }: Rec<"groups">): Record<string, number> =>
  Object.fromEntries(requires.map((tag) => [tag, 0.5]));
