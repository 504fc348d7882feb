import { spawn } from "node:child_process";

interface Step {
  name: string;
  command: string[];
  /** Says what is wrong although the exit status is 0; null when nothing is. */
  doubt?: (output: string) => string | null;
}

/** dependency-cruiser passes when it finds nothing to judge. */
function judgedNothing(output: string): string | null {
  const modules = Number(/(\d+) modules/u.exec(output)?.[1] ?? 0);
  return modules > 0 ? null : "0 modules were judged: the import rules checked nothing";
}

/** What the last check found stays good for files that have not changed. */
const CACHE = "node_modules/.cache";
const STEPS: Step[] = [
  {
    name: "types",
    command: [
      "tsc",
      "--noEmit",
      "-p",
      ".",
      "--incremental",
      "--tsBuildInfoFile",
      `${CACHE}/types.tsbuildinfo`,
    ],
  },
  { name: "lint", command: ["oxlint", "--type-aware"] },
  {
    name: "import rules",
    command: ["depcruise", ".", "--config", ".dependency-cruiser.cjs", "--cache", `${CACHE}/depcruise`],
    doubt: judgedNothing,
  },
  { name: "dead code", command: ["knip"] },
  { name: "format", command: ["oxfmt", "--check"] },
];
/** Two cores are what a small build machine has. */
const AT_ONCE = 2;

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

function output([tool = "", ...args]: string[]): Promise<{ code: number | null; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(`node_modules/.bin/${tool}`, args, { stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding("utf8").on("data", (part: string) => (text += part));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, text }));
  });
}

async function runStep({ name, command, doubt }: Step): Promise<boolean> {
  const began = performance.now();
  const { code, text } = await output(command);
  const doubts = code === 0 ? (doubt?.(text) ?? null) : null;
  const passed = code === 0 && doubts === null;
  if (!passed) console.log(text.trimEnd());
  if (doubts) console.log(doubts);
  console.log(`${passed ? "✓" : "✗"} ${name.padEnd(12)} ${seconds(began)}`);
  return passed;
}

async function worker(queue: Step[], results: boolean[]): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) results.push(await runStep(step));
}

const began = performance.now();
const queue = [...STEPS];
const results: boolean[] = [];
await Promise.all(Array.from({ length: AT_ONCE }, () => worker(queue, results)));
const failed = results.filter((passed) => !passed).length;
console.log(`check: ${results.length - failed} passed, ${failed} failed, ${seconds(began)}`);
process.exitCode = failed === 0 ? 0 : 1;
