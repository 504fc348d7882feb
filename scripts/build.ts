import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { alone } from "./alone.ts";

/**
 * Builds the pages that are made of sources: the plugin into `dist/`, the workspace page of the sandbox into its own. What was
 * built from the same sources stays; `--always` builds anew, `--gently` lets everybody else go first.
 */
interface Target {
  name: string;
  config: string;
  /** Folders and files it is made of. */
  sources: string[];
  out: string;
}

const ROOT = join(import.meta.dirname, "..");
const STAMPS = join(ROOT, "node_modules/.cache/lectern");
const LOCK_FILES = ["package-lock.json", "package.json"];

const TARGETS: Target[] = [
  {
    name: "plugin",
    config: "plugin/vite.config.ts",
    sources: ["plugin", "domain", "base", ...LOCK_FILES],
    out: "dist",
  },
  {
    name: "workspace page",
    config: "sandbox/host/vite.config.ts",
    sources: ["sandbox/host", ...LOCK_FILES],
    out: "sandbox/host/dist",
  },
];

/** Of everything the target is made of, and of what the environment adds to it. */
async function fingerprint({ sources, out }: Target): Promise<string> {
  const hash = createHash("sha256").update(process.env["VITE_LECTERN_SERVER"] ?? "");
  for (const source of sources)
    for (const file of await filesOf(source))
      if (!file.startsWith(`${out}/`) && !file.startsWith(`${out}.`))
        hash.update(`\0${file}\0`).update(await readFile(join(ROOT, file)));
  return hash.digest("hex");
}

async function filesOf(source: string): Promise<string[]> {
  const entries = await readdir(join(ROOT, source), { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOTDIR") return null;
      throw error;
    },
  );
  if (!entries) return [source];
  const files = entries.filter((entry) => entry.isFile());
  return files.map(({ parentPath, name }) => join(parentPath, name).slice(ROOT.length + 1)).toSorted();
}

async function buildOne(target: Target, always: boolean): Promise<void> {
  const began = performance.now();
  const print = await fingerprint(target);
  const stamp = join(STAMPS, `${target.name.replaceAll(" ", "-")}.built`);
  const built = await readFile(stamp, "utf8").catch(() => "");
  if (!always && built === print && existsSync(join(ROOT, target.out, "index.html"))) return;
  // Loaded only when there is something to build: without development packages a built plugin still starts.
  const { build } = await import("vite");
  const fresh = join(ROOT, `${target.out}.building`);
  await build({
    configFile: join(ROOT, target.config),
    logLevel: "error",
    build: { outDir: fresh, emptyOutDir: true },
  });
  // Whoever is serving the old files finds them until the new ones are complete.
  await rm(join(ROOT, target.out), { recursive: true, force: true });
  await rename(fresh, join(ROOT, target.out));
  await mkdir(STAMPS, { recursive: true });
  await writeFile(stamp, print);
  console.log(`built the ${target.name} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

// A test runner's environment would make it a development build.
process.env["NODE_ENV"] = "production";
if (process.argv.includes("--gently")) setPriority(constants.priority.PRIORITY_LOW);
const always = process.argv.includes("--always");
await alone(join(STAMPS, "lock"), async () => {
  for (const target of TARGETS) if (existsSync(join(ROOT, target.config))) await buildOne(target, always);
});
