import type { Parsed, Problem } from "#domain/input.ts";
import type { Language } from "#domain/schedule/explain.ts";

/** What a run may know beside its input. */
export interface RunContext {
  language: Language;
  /** Given with `--budget`: true once the time is over. */
  expired?: () => boolean;
  /** Given with `--budget`: seconds left. */
  remaining?: () => number;
}

export type Outcome =
  | { ok: true; output: unknown; warnings: string[] }
  | { ok: false; problems: Problem[]; warnings: string[] };

/** A command that reads one JSON document and writes one (design.md §8). */
export interface JsonCommand {
  name: string;
  summary: string;
  /** What the example does not show. */
  notes: readonly string[];
  /** A small input that works; `--help` shows it with its output. */
  example: unknown;
  /** Further options, for help only: the flags themselves are common to all. */
  options?: readonly (readonly [flag: string, meaning: string])[];
  run(input: unknown, context: RunContext): Promise<Outcome>;
}

export interface CommandParts<T> extends Omit<JsonCommand, "run"> {
  parse: (input: unknown) => Parsed<T>;
  /** May be a promise. */
  answer: (value: T, context: RunContext) => unknown;
}

export function defineCommand<T>(parts: CommandParts<T>): JsonCommand {
  const { parse, answer, ...rest } = parts;
  return {
    ...rest,
    async run(input, context) {
      const parsed = parse(input);
      if (!parsed.ok) return parsed;
      return { ok: true, output: await answer(parsed.value, context), warnings: parsed.warnings };
    },
  };
}

/** A command that needs a deployment; it parses its own arguments and returns the exit status. */
export interface DeploymentCommand {
  name: string;
  summary: string;
  /** Loaded only when called: a JSON command must touch no network and no database. */
  load(): Promise<(args: readonly string[]) => Promise<number>>;
}

export interface Commands {
  jsonCommands: readonly JsonCommand[];
  deploymentCommands: readonly DeploymentCommand[];
}
