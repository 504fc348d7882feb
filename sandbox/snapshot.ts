import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import type { State } from "./kernel.ts";

/** The state of a snapshot file, or null when there is none yet. A broken file stops the start. */
export function readSnapshot(file: string): State | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as State;
  } catch (error) {
    throw new Error(`the snapshot ${file} is not readable: remove it to start afresh`, { cause: error });
  }
}

/** Writes the state beside the file and renames it into place: a kill leaves the old file or the new one, never half of one. */
export function createSnapshot(file: string | null, state: () => State) {
  let timer: NodeJS.Timeout | null = null;
  let pauseMs = 1000;
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    if (file === null) return;
    const began = performance.now();
    const text = JSON.stringify(state());
    // A large state is written seldom: at most a twentieth of the time goes into it.
    pauseMs = Math.max(1000, (performance.now() - began) * 20);
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }

  function flush(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    writing = writing.then(write, write);
    return writing;
  }

  return {
    flush,
    /** Something changed: a write follows soon. */
    changed(): void {
      if (file === null || timer) return;
      timer = setTimeout(() => void flush(), pauseMs);
      timer.unref();
    },
    /** The last write, when the process is about to end. */
    async close(): Promise<void> {
      if (timer) clearTimeout(timer);
      await writing;
      if (file === null) return;
      writeFileSync(`${file}.new`, JSON.stringify(state()));
      renameSync(`${file}.new`, file);
    },
  };
}
