import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { expect, test } from "vitest";
import manifest from "../../manifest.json" with { type: "json" };
import packageJson from "../../package.json" with { type: "json" };

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");

function markdown(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".md"))
    .map((path) => join(folder, path));
}
const documents = ["README.md", "CHANGELOG.md", ...markdown("docs")];

const FOLDERS = "base|domain|automations|server|cli|plugin|sandbox|bench|scripts|test|docs";
/** `server/config.ts`, test/flows/once.test.ts, .ci/run: wherever they stand in a text. */
const PATH = new RegExp(
  `(?<![\\w/.#-])(?:(?:${FOLDERS})/[\\w./*-]*|\\.ci/run|\\.dependency-cruiser\\.cjs)`,
  "gu",
);
/** `[words](target)`, without addresses and anchors. */
const LINK = /\]\((?!https?:|#)([^)#]+)/gu;
/** Named as joining later. */
const LATER = ["plugin/"];

function cited(document: string): string[] {
  const text = read(document);
  const paths = [...text.matchAll(PATH)].map(([path]) => path.replace(/[.,]$/u, ""));
  const links = [...text.matchAll(LINK)].map(([, target]) =>
    relative(ROOT, join(ROOT, dirname(document), target ?? "")),
  );
  return [...new Set([...paths, ...links])].filter((path) => !path.includes("*") && !LATER.includes(path));
}

test.each(documents)("every path that %s cites exists", (document) => {
  expect(cited(document).filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

test("paths are found in all their forms, so that the test above looks at something", () => {
  expect(cited("README.md")).toEqual(
    expect.arrayContaining(["server/config.ts", "docs/once.md", "LICENSE", ".ci/run"]),
  );
});

/** First cells of the table below a heading, without their backticks. */
function firstCells(heading: string): string[] {
  const [, section = ""] = read("README.md").split(`${heading}\n`);
  const [own = ""] = section.split(/^#/mu);
  return [...own.matchAll(/^\| `([^`]+)` \|/gmu)].map(([, cell]) => cell ?? "");
}

test("README gives a reason for every scope that manifest.json asks for, and for no other", () => {
  expect(firstCells("### Scopes, and why")).toEqual(manifest.scopes.tenant);
});

test("README has every environment variable that server/config.ts reads", () => {
  const keys = [...read("server/config.ts").matchAll(/^ {2}([A-Z_]+): /gmu)].map(([, key]) => key);
  expect(firstCells("## Configuration")).toEqual(keys);
});

test("README names scripts that there are", () => {
  const named = [...read("README.md").matchAll(/npm run ([\w:]+)/gu)].map(([, script]) => script ?? "");
  expect(named.filter((script) => !Object.hasOwn(packageJson.scripts, script))).toEqual([]);
});
