import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { startEmbedded } from "../db/embedded.ts";

export const STEPS = ["company", "tables", "rows", "calendars", "history"] as const;
export type Step = (typeof STEPS)[number];

const kept = z.object({ done: z.array(z.enum(STEPS)) });

/** Which steps of the set-up are done, in a file of the data folder. */
export interface Progress {
  has(step: Step): boolean;
  add(step: Step): Promise<void>;
  complete(): boolean;
  /** The folder is free for another start. */
  leave(): Promise<void>;
}

/**
 * Opens the folder of the local company. A set-up that ended halfway is not mended but begun afresh: rows posted twice would
 * be a company nobody has described. The folder holds nothing but this company.
 */
export async function openProgress(folder: string, say: (line: string) => void): Promise<Progress> {
  const file = join(folder, "set-up.json");
  await refuseSecond(folder);
  let done = await read(file);
  if (done === null && (await exists(folder))) {
    say("the folder of the last start has no record of its set-up: starting afresh");
    await clear(folder);
  } else if (done !== null && done.length < STEPS.length) {
    say(`the last set-up ended after ${done.length} of ${STEPS.length} steps: starting afresh`);
    await clear(folder);
    done = null;
  }
  await mkdir(folder, { recursive: true });
  const steps = new Set<Step>(done);
  const save = () => writeFile(file, JSON.stringify({ done: [...steps] }));
  await save();
  await writeFile(join(folder, "pid"), String(process.pid));
  return {
    has: (step) => steps.has(step),
    complete: () => steps.size === STEPS.length,
    leave: () => rm(join(folder, "pid"), { force: true }),
    add: async (step) => {
      steps.add(step);
      await save();
    },
  };
}

async function read(file: string): Promise<Step[] | null> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  return text === null ? null : kept.parse(JSON.parse(text)).done;
}

/** Two local Feishus on one snapshot would overwrite each other. */
async function refuseSecond(folder: string): Promise<void> {
  const pid = Number(await readFile(join(folder, "pid"), "utf8").catch(() => ""));
  if (pid > 0 && pid !== process.pid && alive(pid))
    throw new Error(
      `${folder} is in use by process ${pid}: end that one first, or set LECTERN_DATA to another folder`,
    );
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** A database that a killed process left running must end before its files go. */
async function clear(folder: string): Promise<void> {
  const database = join(folder, "postgres");
  if (await exists(join(database, "data", "postmaster.pid"))) await (await startEmbedded(database)).stop();
  await rm(folder, { recursive: true, force: true });
}
