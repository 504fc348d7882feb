import type { Names } from "#base/table.ts";
import type { Workspace } from "../../../context.ts";
import type { Db } from "../../../db/client.ts";
import type { Gateway } from "../../../feishu/gateway.ts";

/** What a check may look at. Checks read; none of them changes anything. */
export interface Patient {
  readonly feishu: Gateway;
  readonly db: Db;
  readonly now: number;
  readonly workspace: Workspace;
  /** The tenant's API calls a month (facts: small plans have a quota); null = unknown or none. */
  readonly monthlyQuota: number | null;
}

export interface Finding {
  readonly ok: boolean;
  readonly detail: Names;
  /** What to do; given for every failure, and where something good could be better. */
  readonly next?: Names;
}
export interface CheckDefinition {
  readonly id: string;
  readonly title: Names;
  look(patient: Patient): Promise<Finding>;
}

export const words = (zh: string, en: string): Names => ({ zh, en });
export const fine = (zh: string, en: string): Finding => ({ ok: true, detail: words(zh, en) });
export const failing = (detail: Names, next: Names): Finding => ({ ok: false, detail, next });
