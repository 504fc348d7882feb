import { expect, test } from "vitest";
import { compare, median, type Side } from "../../bench/ratio.ts";

test("the median of odd and even numbers of values, in any order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(() => median([])).toThrow("nothing");
});

test("sides take turns in going first, the first round counts for nothing, and a machine that slows both changes no ratio", async () => {
  const order: string[] = [];
  let runs = 0;
  const side = (name: string, msAUnit: number): Side => ({
    name,
    run: () => {
      order.push(name);
      const round = Math.floor(runs / 2);
      runs += 1;
      const warmUp = round === 0 ? (name === "a" ? 1000 : 1) : 1;
      return Promise.resolve({ units: 10, ms: 10 * msAUnit * (1 + round) * warmUp });
    },
  });
  const result = await compare([side("a", 4), side("b", 1)], 4);
  expect(order.join("")).toBe("ba" + "ab" + "ba" + "ab" + "ba");
  expect(result.ratio).toBeCloseTo(0.25, 12);
  expect(result.range.map((one) => one.toFixed(6))).toEqual(["0.250000", "0.250000"]);
});
