import { z } from "zod";
import type { BaseMapping } from "#base/mapping.ts";
import { provision, type ProvisionInput, type ProvisionReport } from "#server/services/base/provision.ts";
import { APP_ID, type TestSandbox } from "#test/support/sandbox.ts";
import { type OnSandbox } from "../feishu/on-sandbox.ts";

export const OWNER = "ou_owner000000000000000000000000001";
const made = z.object({ app_token: z.string() });

/** A Base as a person makes it, with the app added as 「可管理」. */
export async function personsBase(
  sandbox: TestSandbox,
  name: string,
  more: object = {},
  perm = "full_access",
): Promise<string> {
  const { json } = await sandbox.lever("POST", "/bases", {
    name,
    owner: OWNER,
    time_zone: "Asia/Shanghai",
    ...more,
  });
  const { app_token } = made.parse(json);
  await sandbox.lever("POST", `/bases/${app_token}/members`, {
    member_id: APP_ID,
    type: "app",
    perm,
  });
  return app_token;
}

export interface Bases {
  appToken: string;
  adminAppToken: string;
}

export async function twoBases({ sandbox }: OnSandbox): Promise<Bases> {
  return {
    appToken: await personsBase(sandbox, "讲台"),
    adminAppToken: await personsBase(sandbox, "讲台·管理"),
  };
}

export function provisionOn(
  { gateway, clock }: OnSandbox,
  input: ProvisionInput,
): Promise<{ mapping: BaseMapping; report: ProvisionReport }> {
  return provision({ feishu: gateway, clock }, input);
}

/** Every call since the mark that could change something in Feishu. */
export async function writesSince(on: OnSandbox): Promise<string[]> {
  return (await on.traffic())
    .map(({ operation }) => operation)
    .filter(
      (operation) => !operation.startsWith("GET ") && !/\/(search|batch_get|internal)$/u.test(operation),
    );
}
