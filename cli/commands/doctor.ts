import { doctor } from "#server/services/base/doctor.ts";
import { readArguments } from "../arguments.ts";
import { CommandError, explain, print, withDeployment, workspaceOf } from "../deployment.ts";

const help = `lectern doctor [options]

Looks at token, scopes, both Bases and who reads the admin one, tables, events, permissions, chats, people, calendar, clock,
database and use against limits; each failure says the next step. Changes nothing. Exit status 3 when something fails.

  --workspace ID   which one, where there are several
  --quota N        the tenant's API calls a month, to compare with
  --language zh|en
  --json           the list of checks as JSON: check, title, ok, detail, next
`;

const options = {
  workspace: { type: "string" },
  quota: { type: "string" },
  language: { type: "string" },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

export async function doctorCommand(args: readonly string[]): Promise<number> {
  try {
    const { values } = readArguments("doctor", args, options);
    if (values.help) {
      print(help);
      return 0;
    }
    const { language, quota } = values;
    if (language !== undefined && language !== "zh" && language !== "en")
      throw new CommandError(`--language: expected zh or en, got ${JSON.stringify(language)}`);
    if (quota !== undefined && !/^\d+$/u.test(quota))
      throw new CommandError(`--quota: expected a whole number of calls, got ${JSON.stringify(quota)}`);
    return await withDeployment(async (deployment) => {
      const { feishu, database, clock } = deployment;
      const workspace = await workspaceOf(deployment, values.workspace);
      const monthlyQuota = quota === undefined ? null : Number(quota);
      const results = await doctor(
        { feishu, db: database.db, now: clock.now(), workspace, monthlyQuota },
        language,
      );
      if (values.json) print(results);
      else
        for (const { ok, title, detail, next } of results)
          print(`${ok ? "✓" : "✗"} ${title}: ${detail}${next === null ? "" : `\n  → ${next}`}`);
      return results.every(({ ok }) => ok) ? 0 : 3;
    });
  } catch (error) {
    return explain(error);
  }
}
