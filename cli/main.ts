import { deploymentCommands } from "./commands/deployment.ts";
import { jsonCommands } from "./commands/index.ts";
import { runProgram } from "./program.ts";

process.exitCode = await runProgram(process.argv.slice(2), { jsonCommands, deploymentCommands }, process);
