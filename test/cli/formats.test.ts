import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { jsonCommands } from "#cli/commands/index.ts";
import donations from "#test/fixtures/donations-1995-cohort.json" with { type: "json" };
import { runCli } from "./run-cli.ts";

test.each(jsonCommands.map((command) => command.name))(
  "the example in lectern %s --help works",
  async (name) => {
    const help = await runCli([name, "--help"]);
    expect(help.status).toBe(0);
    const [, example = "", output = ""] =
      /Example input:\n\n([\s\S]*)\nIts output:\n\n([\s\S]*)$/.exec(help.stdout) ?? [];
    const run = await runCli([name], example);
    expect(run).toMatchObject({ status: 0, stderr: "" });
    expect(run.stdout.trim()).toBe(output.trim());
  },
);

test("lectern --help lists every command and its example works", async () => {
  const { status, stdout } = await runCli(["--help"]);
  expect(status).toBe(0);
  for (const { name } of jsonCommands) expect(stdout).toContain(`  ${name} `);
  const example = /echo '(.*)' \| lectern (\w+)/.exec(stdout);
  expect((await runCli([example?.[2] ?? ""], example?.[1])).status).toBe(0);
});

test("every problem stands on a line of its own, nothing on standard output, exit 2", async () => {
  const lecturers = [
    { id: "l1", groups: ["g"] },
    { id: "l1", groups: [] },
    { id: "l3", groups: "g" },
    { id: "l4", groups: [], weight: -1 },
  ];
  const { status, stdout, stderr } = await runCli(["plan"], {
    timezone: "+08:00",
    slots: [{ id: "s1", group: "g", start: "2026-12-02T15:00:00", minutes: 0, topics: ["t9"] }],
    lecturers,
    pinned: [
      { slot: "s1", lecturer: "nobody" },
      { slot: "s1", lecturer: "l1" },
    ],
  });
  expect(status).toBe(2);
  expect(stdout).toBe("");
  expect(stderr.trim().split("\n").sort()).toEqual(
    [
      'timezone: expected an IANA time zone name, like Asia/Shanghai, got "+08:00"',
      'slots[0].start: expected a date and time with offset, like 2026-12-02T15:00:00+08:00, got "2026-12-02T15:00:00"',
      "slots[0].minutes: expected an integer >= 1, got 0",
      'lecturers[2].groups: expected a list, got "g"',
      "lecturers[3].weight: expected a number > 0, got -1",
      'lecturers[1].id: expected an id used once (also at lecturers[0].id), got "l1"',
      'pinned[1].slot: expected a slot pinned once (also at pinned[0].slot), got "s1"',
      'slots[0].topics[0]: expected the id of a known topic, got "t9"',
      'pinned[0].lecturer: expected the id of a known lecturer, got "nobody"',
    ].sort(),
  );
});

test.each([
  ['{"ratings": [1,]}', 'line 1, column 16: expected a JSON value, got "]"'],
  ['{\n  "a": 1\n  "b": 2}', 'line 3, column 3: expected "," or "}", got "\\""'],
  ["", "line 1, column 1: expected a JSON value, got the end of the input"],
  ['{"a": "中文', "line 1, column 10: expected a closing double quote, got the end of the input"],
  ["{} x", 'line 1, column 4: expected the end of the input, got "x"'],
  ["[01]", 'line 1, column 2: expected a JSON value, got "0"'],
])("invalid JSON %j says where", async (input, message) => {
  expect(await runCli(["score"], input)).toEqual({ status: 2, stdout: "", stderr: `${message}\n` });
});

test("unknown keys and unknown slots in previous are warnings", async () => {
  const { status, stdout, stderr } = await runCli(["plan"], {
    timezone: "Asia/Shanghai",
    slots: [],
    lecturers: [{ id: "l1", groups: [], wieght: 2 }],
    previous: [{ slot: "gone", lecturer: "l1" }],
    note: "x",
  });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    optimal: true,
    fairness: { balance: 1, spread: 0, loads: { l1: 0 } },
  });
  expect(stderr).toContain("warning: lecturers[0].wieght: unknown key, ignored");
  expect(stderr).toContain("warning: note: unknown key, ignored");
  expect(stderr).toContain('warning: previous[0].slot: no such slot, ignored: "gone"');
});

test("options that cannot be meant exit 2 with the option's name", async () => {
  expect(await runCli(["plan", "--budget", "soon"])).toMatchObject({ status: 2, stdout: "" });
  expect((await runCli(["score", "--budget", "1s"])).stderr).toContain("--budget");
  expect((await runCli(["score", "--in", "no-such-file.json"])).stderr).toContain("ENOENT");
  expect((await runCli(["sing"])).stderr).toContain('got "sing"');
  expect((await runCli([])).status).toBe(2);
});

test("--in reads a file", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lectern-"));
  try {
    const file = join(folder, "in.json");
    await writeFile(file, JSON.stringify({ ratings: [] }));
    const run = await runCli(["score", "--in", file]);
    expect(run).toMatchObject({ status: 0, stdout: '{\n  "lecturers": []\n}\n' });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("forecast answers the published figures of the donation data", async () => {
  const { stdout } = await runCli(["forecast"], { summary: donations.summary, horizon: 5 });
  const result = JSON.parse(stdout) as {
    method: string;
    parameters: Record<string, number>;
    logLikelihood: number;
    rows: { x: number; tx: number; count: number; alive: number; expected: number }[];
  };
  expect(result.method).toBe("ml");
  const rounded = Object.fromEntries(
    Object.entries(result.parameters).map(([key, value]) => [key, value.toFixed(3)]),
  );
  expect(rounded).toEqual({ alpha: "1.204", beta: "0.750", gamma: "0.657", delta: "2.783" });
  expect(result.logLikelihood.toFixed(1)).toBe("-33225.6");
  expect(result.rows.map((row) => row.count)).toEqual(donations.summary.map((row) => row.count));
  // Table 3 of the paper: 3.75 expected for those who gave every year, 0.07 for those who never did.
  expect(result.rows[0]?.expected.toFixed(2)).toBe("3.75");
  expect(result.rows.at(-1)?.expected.toFixed(2)).toBe("0.07");
});
