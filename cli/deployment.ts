import type { Ctx, Workspace } from "#server/context.ts";
import { readConfig } from "#server/config.ts";
import { type Deployment, openDeployment } from "#server/deployment.ts";
import { LecternError } from "#server/errors.ts";

/** A command line that cannot be understood, or a deployment that is not ready: exit status 2, a line a problem. */
export class CommandError extends Error {}

/** Opens the deployment the environment describes, runs `work`, closes it; errors become lines on standard error. */
export async function withDeployment(work: (deployment: Deployment) => Promise<number>): Promise<number> {
  let deployment: Deployment | undefined;
  try {
    deployment = await openDeployment(configuration(), "command-line");
    const { clock, feishu } = deployment;
    // Takes part in a clock that stands still until everyone is done: waits of ours count as done.
    clock.drive(
      () => Promise.resolve(null),
      () => feishu.inFlight() === 0,
    );
    return await work(deployment);
  } catch (error) {
    return explain(error);
  } finally {
    await deployment?.close({ andDatabase: true });
  }
}

function configuration() {
  try {
    return readConfig();
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error));
  }
}

/** Says what went wrong and what to do next; returns the exit status. */
export function explain(error: unknown): number {
  if (error instanceof CommandError) {
    console.error(error.message);
    return 2;
  }
  if (error instanceof LecternError) {
    console.error(error.message);
    if (error.nextStep) console.error(`→ ${error.nextStep.zh}\n→ ${error.nextStep.en}`);
    return 1;
  }
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}

/** The workspace by id, or the only one there is. */
export async function workspaceOf(deployment: Deployment, id: string | undefined): Promise<Workspace> {
  const all = await deployment.workspaces();
  const found =
    id === undefined ? all : all.filter((workspace) => workspace.id === id || workspace.appToken === id);
  const [first] = found;
  if (found.length === 1 && first) return first;
  const known = all.map((workspace) => workspace.id).join(", ") || "none";
  if (all.length === 0)
    throw new CommandError(
      "there is no workspace yet: run lectern provision --base LINK --admin-base LINK first",
    );
  throw new CommandError(`--workspace: expected one of ${known}, got ${JSON.stringify(id ?? null)}`);
}

export async function contextOf(
  deployment: Deployment,
  workspace: string | undefined,
  actor: string,
): Promise<Ctx> {
  return deployment.contextOf(await workspaceOf(deployment, workspace), actor);
}

export function print(value: unknown): void {
  console.log(typeof value === "string" ? value : JSON.stringify(value, null, 2));
}
