import { anyTables, type TableKey, tableKeys } from "#base/index.ts";
import { type BaseMapping, appTokenOf, type TableMapping, tableMappingOf } from "#base/mapping.ts";
import type { Names } from "#base/table.ts";
import type { Clock } from "../../clock.ts";
import { ConflictError, InvalidRequestError, NotFoundError } from "../../errors.ts";
import type { BaseField, Gateway, TableRef } from "../../feishu/gateway.ts";
import type { ProvisionReport } from "./report.ts";

export interface ProvisionDeps {
  readonly feishu: Pick<Gateway, "bases" | "records" | "drive" | "wiki">;
  readonly clock: Clock;
  /** Told now and then how many things were made so far. */
  readonly progress?: (made: number) => Promise<void>;
}

/** One run of provisioning: what is remembered from before, what is known by now, what was done. */
export interface Job extends ProvisionDeps {
  readonly remembered: BaseMapping | undefined;
  readonly mapping: BaseMapping;
  readonly report: ProvisionReport;
  /** Tables made in this run. */
  readonly fresh: Set<TableKey>;
}

export function refOf(job: Job, table: TableKey): TableRef {
  return { appToken: appTokenOf(job.mapping, table), tableId: tableMappingOf(job.mapping, table).tableId };
}

export const tablesOf = (base: "shared" | "admin"): TableKey[] =>
  tableKeys.filter((key) => anyTables[key].base === base);

export const say = (job: Job, names: Names): string => names[job.mapping.language];

export const remember = (job: Job, table: TableKey): TableMapping | undefined =>
  job.remembered?.tables[table];

/** Reads just after a create may not see it yet: asked again with back-off, on the deployment's clock. */
export async function patiently<T>(
  clock: Clock,
  read: () => Promise<T>,
  good: (value: T) => boolean,
): Promise<T> {
  for (const wait of [500, 1_000, 2_000, 4_000]) {
    try {
      const value = await read();
      if (good(value)) return value;
    } catch (error) {
      if (!(error instanceof NotFoundError)) throw error;
    }
    await clock.until(clock.now() + wait);
  }
  return read();
}

/** The fields of a table, with those that were just made. */
export function readFields(
  job: Job,
  table: TableKey,
  expected: readonly string[] = [],
): Promise<BaseField[]> {
  return patiently(
    job.clock,
    () => job.feishu.bases.listFields(refOf(job, table)),
    (fields) => expected.every((id) => fields.some((field) => field.field_id === id)),
  );
}

/** A single thing Feishu will not make is a problem of that thing; everything else goes on. Other errors end the run. */
export async function orProblem<T>(
  job: Job,
  problem: { table: TableKey; field?: string; what: string },
  make: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await make();
  } catch (error) {
    if (!(error instanceof ConflictError || error instanceof InvalidRequestError)) throw error;
    const { what, ...place } = problem;
    job.report.problems.push({
      ...place,
      detail: `${what}: ${error.message}`,
      next: error.nextStep[job.mapping.language],
    });
    return undefined;
  }
}

/** A key that is new in every run: the token of an earlier run must not answer for a thing deleted since. */
export function runKey(job: Job, ...parts: string[]): { key: string } {
  return { key: ["provision", ...parts, String(job.clock.now())].join(":") };
}
