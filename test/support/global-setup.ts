import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { openDatabase } from "#server/db/client.ts";
import { startEmbedded } from "#server/db/embedded.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** A PostgreSQL whose database `lectern` is migrated and empty: the template of every test's own. */
    postgres: string;
  }
}

/** One real PostgreSQL for all tests; without durability, for nothing of it outlives the run. */
export default async function setup(project: TestProject) {
  const directory = await mkdtemp(join(tmpdir(), "lectern-test-"));
  // The server's own user must be able to walk in.
  await chmod(directory, 0o755);
  const server = await startEmbedded(directory, [
    "-c",
    "fsync=off",
    "-c",
    "synchronous_commit=off",
    "-c",
    "full_page_writes=off",
    "-c",
    "max_connections=200",
  ]);
  const database = await openDatabase(server.url);
  await database.close();
  project.provide("postgres", server.url);
  return async () => {
    await server.stop();
    await rm(directory, { recursive: true, force: true });
  };
}
