import type { Commands, JsonCommand } from "./command.ts";

const common: readonly (readonly [string, string])[] = [
  ["--in FILE", "read FILE instead of standard input"],
  ["--help", "this text"],
];

export function programHelp({ jsonCommands, deploymentCommands }: Commands): string {
  return [
    "lectern COMMAND [options]",
    "",
    "Commands that read one JSON document from standard input and write one to standard output:",
    ...jsonCommands.map((one) => row(one.name, one.summary)),
    ...(deploymentCommands.length > 0 ? ["", "Commands that need a deployment:"] : []),
    ...deploymentCommands.map((one) => row(one.name, one.summary)),
    "",
    "A small example:",
    "",
    `  echo '${JSON.stringify(programExample)}' | lectern score`,
    "",
    "Bad input: exit status 2, one problem a line on standard error. lectern COMMAND --help shows an example of each.",
    "",
  ].join("\n");
}

/** The example `lectern --help` shows; a test runs it. */
export const programExample = { minimum: 1, ratings: [{ lecturer: "l1", session: "x", score: 4 }] };

export async function commandHelp(command: JsonCommand): Promise<string> {
  const outcome = await command.run(command.example, { language: "zh" });
  if (!outcome.ok) throw new Error(`the example of lectern ${command.name} is refused`);
  return [
    `lectern ${command.name} [options] < input.json`,
    "",
    command.summary,
    "",
    ...[...(command.options ?? []), ...common].map(([flag, meaning]) => row(flag, meaning)),
    "",
    ...command.notes.flatMap((note) => [note, ""]),
    "Example input:",
    "",
    JSON.stringify(command.example, null, 2),
    "",
    "Its output:",
    "",
    JSON.stringify(outcome.output, null, 2),
    "",
  ].join("\n");
}

function row(name: string, meaning: string): string {
  return `  ${name.padEnd(14)} ${meaning}`;
}
