import { expect, test } from "vitest";
import { z } from "zod";
import lock from "../../package-lock.json" with { type: "json" };

const names = z.record(z.string(), z.string());
const packages = z
  .record(z.string(), z.looseObject({ optionalDependencies: names.optional() }))
  .parse(lock.packages);

test("package-lock.json has the packages of every platform: `npm ci` refuses it otherwise (scripts/complete-lock.ts)", () => {
  const wanted = Object.values(packages).flatMap(({ optionalDependencies }) =>
    Object.keys(optionalDependencies ?? {}),
  );
  const platforms = wanted.filter((name) => /-(linux|darwin|win32)-/u.test(name));
  expect(platforms.length).toBeGreaterThan(20);
  expect(platforms.filter((name) => !packages[`node_modules/${name}`])).toEqual([]);
});
