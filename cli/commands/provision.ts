import type { ProvisionReport } from "#server/services/base/provision.ts";
import { setUpWorkspace, type SetUpInput } from "#server/services/workspace/set-up.ts";
import type { Workspace } from "#server/context.ts";
import type { Deployment } from "#server/deployment.ts";
import { baseToken, readArguments } from "../arguments.ts";
import { CommandError, explain, print, withDeployment } from "../deployment.ts";

const help = `lectern provision [--base LINK --admin-base LINK] [options]

Makes what is missing in 「讲台」 and 「讲台·管理」: tables, fields, options, views, first rows, event subscription, shared
calendar. Deletes and renames nothing; run again it changes nothing. Without links every known workspace is looked at.

  --base LINK        the Base shared with lecturers (its link or app_token)
  --admin-base LINK  the Base that only admins can open
  --admin OPEN_ID    who runs the programme; may be given several times
  --language zh|en   names of tables and fields; default: as they are named already, else zh
  --advanced         switch advanced permissions on where the plan has them, and make the roles
  --json             the whole report as JSON
`;

const options = {
  base: { type: "string" },
  "admin-base": { type: "string" },
  admin: { type: "string", multiple: true, default: [] as string[] },
  language: { type: "string" },
  advanced: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", short: "h", default: false },
} as const;

/** Exit status 0; 3 when something is left for a person to mend. */
export async function provisionCommand(args: readonly string[]): Promise<number> {
  try {
    const { values } = readArguments("provision", args, options);
    if (values.help) {
      print(help);
      return 0;
    }
    return await withDeployment((deployment) => run(deployment, values));
  } catch (error) {
    return explain(error);
  }
}

interface Values {
  base?: string;
  "admin-base"?: string;
  admin: string[];
  language?: string;
  advanced: boolean;
  json: boolean;
}

async function run(deployment: Deployment, values: Values): Promise<number> {
  let left = 0;
  for (const input of await inputsOf(deployment, values)) {
    const { database, feishu, clock, log } = deployment;
    const deps = {
      db: database.db,
      feishu,
      clock,
      log,
      contextOf: (workspace: Workspace, actor: string) => deployment.contextOf(workspace, actor),
    };
    const { workspace, report } = await setUpWorkspace(deps, input);
    if (values.json) print({ workspace: workspace.id, ...report });
    else print(linesOf(report).join("\n"));
    left += report.problems.length;
  }
  return left > 0 ? 3 : 0;
}

async function inputsOf(deployment: Deployment, values: Values): Promise<SetUpInput[]> {
  const { base, language, advanced, admin: admins } = values;
  const adminBase = values["admin-base"];
  if (language !== undefined && language !== "zh" && language !== "en")
    throw new CommandError(`--language: expected zh or en, got ${JSON.stringify(language)}`);
  if (base !== undefined && adminBase !== undefined) {
    const tokens = {
      appToken: baseToken("--base", base),
      adminAppToken: baseToken("--admin-base", adminBase),
    };
    return [{ ...tokens, language, advanced, admins }];
  }
  if (base !== undefined || adminBase !== undefined)
    throw new CommandError(
      "--base and --admin-base: expected both, or none for the workspaces known already",
    );
  const known = await deployment.workspaces();
  if (known.length === 0)
    throw new CommandError("--base, --admin-base: expected, since there is no workspace yet");
  return known.map(({ appToken, adminToken }) => ({ appToken, adminAppToken: adminToken, advanced, admins }));
}

function linesOf(report: ProvisionReport): string[] {
  const made = report.created.map(
    ({ what, name, count }) => `+ ${what} ${name}${count === undefined ? "" : ` (${count})`}`,
  );
  const drift = report.drift.map(
    ({ of, table, field, expected, actual }) =>
      `~ ${of} ${table}${field ? `.${field}` : ""}: ${expected} → ${actual}`,
  );
  const hand = report.byHand.map(({ view, next }) => `! ${view}: ${next}`);
  const problems = report.problems.map(({ detail, next }) => `✗ ${detail}\n  → ${next}`);
  const all = [...made, ...drift, ...hand, ...problems];
  return all.length > 0 ? all : [`= nothing to do (${report.found.length} tables)`];
}
