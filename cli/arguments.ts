import { parseArgs, type ParseArgsConfig } from "node:util";
import { baseToken as tokenOf } from "#server/services/workspace/base-token.ts";
import { CommandError } from "./deployment.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Arguments of a deployment command; a flag that is not known is a CommandError naming it. */
export function readArguments<const O extends Options>(name: string, args: readonly string[], options: O) {
  try {
    return parseArgs({ args: [...args], strict: true, allowPositionals: true, options });
  } catch (error) {
    // parseArgs throws TypeErrors whose message names the option.
    const what = error instanceof Error ? error.message : String(error);
    throw new CommandError(`${what}\nSee lectern ${name} --help`);
  }
}

/** `--column name=讲师` … → `{ name: "讲师" }`. */
export function readPairs(flag: string, values: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    values.map((value) => {
      const at = value.indexOf("=");
      if (at < 1) throw new CommandError(`${flag}: expected key=heading, got ${JSON.stringify(value)}`);
      return [value.slice(0, at).trim(), value.slice(at + 1).trim()];
    }),
  );
}

/** The app_token of a Base, from its link or as it is. A link into a wiki gives the node's token, which provisioning refuses. */
export function baseToken(flag: string, value: string): string {
  const token = tokenOf(value);
  if (token === null)
    throw new CommandError(`${flag}: expected a Base's link or token, got ${JSON.stringify(value)}`);
  return token;
}
