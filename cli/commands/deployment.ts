import type { DeploymentCommand } from "../command.ts";

/** Commands that need a deployment (`provision`, `doctor`, `import`, ...), listed apart in `lectern --help`. */
export const deploymentCommands: readonly DeploymentCommand[] = [];
