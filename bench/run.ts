import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { z } from "zod";
import type { Ratio } from "./ratio.ts";

const help = `npm run bench -- [NAME...] [--rounds N] [--json]

Runs the benchmarks of that name, or all. Each compares two ways in the same run and gives the ratio: absolute numbers are
those of this machine today.`;

/** What a file bench/NAME.bench.ts exports. */
export interface Bench {
  /** One line: what is compared with what. */
  about: string;
  /** Names of the two sides, first over second is the ratio. */
  sides: [string, string];
  unit: string;
  /** How many rounds it takes where none are asked for; 5. */
  rounds?: number;
  measure(rounds: number): Promise<Ratio>;
  /** Further lines, where one ratio does not say all. */
  table?(rounds: number): Promise<string[]>;
}

const names = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith(".bench.ts"))
  .map((file) => file.replace(/\.bench\.ts$/u, ""));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: "string" },
    json: { type: "boolean", default: false },
    help: { type: "boolean", short: "h", default: false },
  },
});

function inWords(name: string, { about, sides, unit }: Bench, { rates, ratio, range }: Ratio): string {
  const digits = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });
  const rate = (at: 0 | 1) => `${sides[at]} ${digits.format(rates[at])} ${unit}/s`;
  const spread = `${range[0].toFixed(2)} to ${range[1].toFixed(2)}`;
  return `${name}: ${about}\n  ${rate(0)}, ${rate(1)}\n  ratio ${ratio.toFixed(2)} (${spread} in the single rounds)`;
}

async function main(): Promise<number> {
  const unknown = positionals.filter((name) => !names.includes(name));
  if (values.help || unknown.length > 0) {
    const known = `known: ${names.join(", ")}`;
    console.error(
      unknown.length > 0 ? `no benchmark ${unknown.join(", ")}; ${known}` : `${help}\n\n${known}`,
    );
    return unknown.length > 0 ? 2 : 0;
  }
  const asked = z.coerce.number().int().min(1).optional().parse(values.rounds);
  for (const name of positionals.length > 0 ? positionals : names) {
    const { bench } = (await import(`./${name}.bench.ts`)) as { bench: Bench };
    const rounds = asked ?? bench.rounds ?? 5;
    const result = await bench.measure(rounds);
    console.log(
      values.json ? JSON.stringify({ name, unit: bench.unit, ...result }) : inWords(name, bench, result),
    );
    if (!values.json) for (const line of (await bench.table?.(rounds)) ?? []) console.log(`  ${line}`);
  }
  return 0;
}

process.exitCode = await main();
