import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { problemText } from "#domain/input.ts";
import type { Commands, JsonCommand, RunContext } from "./command.ts";
import { commandHelp, programHelp } from "./help.ts";
import { parseJson } from "./json.ts";

/** Exit status: bad input 2, a mistake of ours 1, else 0. */
const badInput = 2;
const internalError = 1;

export interface Streams {
  stdin: AsyncIterable<string | Uint8Array>;
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
}

/** Runs one command line; returns the exit status. */
export async function runProgram(
  args: readonly string[],
  commands: Commands,
  streams: Streams,
): Promise<number> {
  try {
    return await dispatch(args, commands, streams);
  } catch (error) {
    if (error instanceof BadInput) {
      for (const line of error.lines) streams.stderr.write(`${line}\n`);
      return badInput;
    }
    streams.stderr.write(
      `internal error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    );
    return internalError;
  }
}

class BadInput extends Error {
  readonly lines: readonly string[];

  constructor(lines: readonly string[]) {
    super(lines.join("; "));
    this.lines = lines;
  }
}

async function dispatch(args: readonly string[], commands: Commands, streams: Streams): Promise<number> {
  const [name, ...rest] = args;
  if (name === undefined || name === "--help" || name === "-h" || name === "help") {
    (name === undefined ? streams.stderr : streams.stdout).write(programHelp(commands));
    return name === undefined ? badInput : 0;
  }
  const command = commands.jsonCommands.find((one) => one.name === name);
  if (command) return runJson(command, rest, streams);
  const deployment = commands.deploymentCommands.find((one) => one.name === name);
  if (deployment) return (await deployment.load())(rest);
  const names = [...commands.jsonCommands, ...commands.deploymentCommands].map((one) => one.name).join(", ");
  throw new BadInput([`command: expected one of ${names}, got ${JSON.stringify(name)}`]);
}

async function runJson(command: JsonCommand, args: readonly string[], streams: Streams): Promise<number> {
  const options = readOptions(command, args);
  if (options.help) {
    streams.stdout.write(await commandHelp(command));
    return 0;
  }
  const context = contextOf(options);
  const parsed = parseJson(await readInput(options.in, streams));
  if (!parsed.ok) {
    const { line, column, message } = parsed.fault;
    throw new BadInput([`line ${line}, column ${column}: ${message}`]);
  }
  const outcome = await command.run(parsed.value, context);
  for (const warning of outcome.warnings) streams.stderr.write(`warning: ${warning}\n`);
  if (!outcome.ok) throw new BadInput(outcome.problems.map(problemText));
  streams.stdout.write(`${JSON.stringify(outcome.output, null, 2)}\n`);
  return 0;
}

interface Options {
  help?: boolean;
  in?: string;
  budget?: string;
  language?: string;
}

function readOptions(command: JsonCommand, args: readonly string[]): Options {
  const known = ["help", "in", ...(command.options ?? []).map(([flag]) => flag.slice(2).split(" ")[0] ?? "")];
  try {
    const { values } = parseArgs({
      args: [...args],
      strict: true,
      allowPositionals: false,
      options: {
        help: { type: "boolean", short: "h" },
        in: { type: "string" },
        budget: { type: "string" },
        language: { type: "string" },
      },
    });
    const stray = Object.keys(values).find((key) => !known.includes(key));
    if (stray)
      throw new BadInput([
        `--${stray}: not an option of lectern ${command.name}; see lectern ${command.name} --help`,
      ]);
    return values;
  } catch (error) {
    if (error instanceof BadInput) throw error;
    // parseArgs throws TypeErrors whose message names the option.
    throw new BadInput([`options: ${error instanceof Error ? error.message : String(error)}`]);
  }
}

function contextOf(options: Options): RunContext {
  const { language = "zh" } = options;
  if (language !== "zh" && language !== "en")
    throw new BadInput([`--language: expected zh or en, got ${JSON.stringify(language)}`]);
  if (options.budget === undefined) return { language };
  const until = performance.now() + milliseconds(options.budget);
  return {
    language,
    expired: () => performance.now() >= until,
    remaining: () => (until - performance.now()) / 1000,
  };
}

function milliseconds(budget: string): number {
  const parts = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(budget);
  if (!parts)
    throw new BadInput([
      `--budget: expected a duration like 10s, 500ms or 2m, got ${JSON.stringify(budget)}`,
    ]);
  return Number(parts[1]) * (parts[2] === "ms" ? 1 : parts[2] === "s" ? 1_000 : 60_000);
}

async function readInput(file: string | undefined, streams: Streams): Promise<string> {
  if (file !== undefined)
    return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new BadInput([
        `--in: expected a readable file, got ${JSON.stringify(file)} (${error.code ?? error.message})`,
      ]);
    });
  const chunks: Uint8Array[] = [];
  for await (const chunk of streams.stdin)
    chunks.push(typeof chunk === "string" ? Buffer.from(chunk) : chunk);
  return Buffer.concat(chunks).toString("utf8");
}
