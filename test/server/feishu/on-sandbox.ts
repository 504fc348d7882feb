import { readFileSync } from "node:fs";
import { z } from "zod";
import type { Clock } from "#server/clock.ts";
import { createGateway } from "#server/feishu/gateway.ts";
import type { Gateway, GatewayOptions, TableRef } from "#server/feishu/gateway.ts";
import { savePerson } from "#sandbox/api/directory.ts";
import { APP_ID, startSandbox } from "#test/support/sandbox.ts";
import type { TestSandbox } from "#test/support/sandbox.ts";

const manifest = z
  .object({ scopes: z.object({ tenant: z.array(z.string()), user: z.array(z.string()) }) })
  .parse(JSON.parse(readFileSync(new URL("../../../manifest.json", import.meta.url), "utf8")));

const entries = z.object({
  entries: z.array(
    z.object({
      operation: z.string(),
      status: z.number(),
      code: z.number(),
      fault: z.string(),
      refused: z.boolean(),
      requestBody: z.string(),
      query: z.string(),
    }),
  ),
});

export type Traffic = z.infer<typeof entries>["entries"];

export interface OnSandbox {
  sandbox: TestSandbox;
  gateway: Gateway;
  clock: Clock;
  /** The calls whose operation ends with this, since the last `mark`. */
  traffic(operation?: string): Promise<Traffic>;
  mark(): Promise<void>;
  fault(kind: string, operation: string, more?: object): Promise<void>;
  noFaults(): Promise<void>;
  pass(ms: number): Promise<void>;
}

/** The local Feishu, granting just what manifest.json asks for, and a gateway on its clock. */
export async function onSandbox(options: Partial<GatewayOptions> = {}): Promise<OnSandbox> {
  const sandbox = await startSandbox();
  sandbox.app.tenantScopes = manifest.scopes.tenant;
  sandbox.app.userScopes = [...manifest.scopes.user, "offline_access"];
  const advance = async (until: number) => {
    const { status, json } = await sandbox.lever("POST", "/clock/advance", { until });
    if (status !== 200) throw new Error(JSON.stringify(json));
  };
  const now = () => sandbox.kernel.now();
  const clock = { now, until: (at: number) => (at > now() ? advance(at) : Promise.resolve()) };
  const gateway = createGateway({
    appId: APP_ID,
    appSecret: sandbox.app.appSecret,
    domain: sandbox.url,
    clock,
    log: { debug: () => undefined, warn: () => undefined },
    random: () => 0.5,
    timeoutMs: 2000,
    ...options,
  });
  const all = async () => entries.parse((await sandbox.lever("GET", "/traffic")).json).entries;
  let seen = 0;
  return {
    sandbox,
    gateway,
    clock,
    async traffic(operation = "") {
      return (await all()).slice(seen).filter((entry) => entry.operation.endsWith(operation));
    },
    async mark() {
      seen = (await all()).length;
    },
    async fault(kind, operation, more = {}) {
      const rules = [{ kind, probability: 1, count: 1, match: { operation }, ...more }];
      const { status, json } = await sandbox.lever("POST", "/faults", { rules });
      if (status !== 200) throw new Error(JSON.stringify(json));
    },
    async noFaults() {
      await sandbox.lever("DELETE", "/faults");
    },
    pass: (ms) => advance(now() + ms),
  };
}

/** A colleague in the sandbox's directory. */
export function colleague(sandbox: TestSandbox, openId: string, name: string): string {
  sandbox.person(openId, { name });
  savePerson(sandbox.kernel.state, {
    open_id: openId,
    union_id: openId.replace("ou_", "on_"),
    user_id: openId.slice(3),
    employee_no: openId.slice(3),
    name,
    en_name: "",
    email: `${openId.slice(3)}@example.com`,
    mobile: "",
    gender: 0,
    job_title: "",
    city: "",
    department_ids: ["0"],
    leader: null,
    join_time: 0,
    is_tenant_manager: false,
    resigned: false,
    bot_stopped: false,
  });
  return openId;
}

/** A Base of the app's own with one table. */
export async function tableWith(gateway: Gateway, name: string): Promise<TableRef> {
  const { appToken } = await gateway.bases.createApp({ name });
  const fields = [
    { field_name: "主题", type: 1 },
    { field_name: "次数", type: 2 },
    { field_name: "材料", type: 17 },
  ];
  const { tableId } = await gateway.bases.createTable(appToken, { name: "场次", fields });
  return { appToken, tableId };
}
