import type { Language, Names } from "#base/table.ts";
import { LecternError } from "../../errors.ts";
import { access, advanced, calendar, drift, events, limits } from "./checks/bases.ts";
import { type CheckDefinition, type Finding, type Patient, words } from "./checks/check.ts";
import { clock, database, scopes, token } from "./checks/connection.ts";
import { chats, reach, readers } from "./checks/people.ts";

export type { Patient } from "./checks/check.ts";

export interface CheckResult {
  readonly check: string;
  readonly title: string;
  readonly ok: boolean;
  readonly detail: string;
  /** The next step; every failure has one. */
  readonly next: string | null;
}

/** In the order in which to mend: nothing works without a token, and so on. */
const checks: readonly CheckDefinition[] = [
  database,
  token,
  clock,
  scopes,
  access,
  readers,
  drift,
  events,
  advanced,
  chats,
  reach,
  calendar,
  limits,
];

/** Looks at a workspace from all sides; never throws for what it finds, each failure says the next step. */
export async function doctor(
  patient: Patient,
  language: Language = patient.workspace.language,
): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const { ok, detail, next } = await examine(check, patient);
    results.push({
      check: check.id,
      title: check.title[language],
      ok,
      detail: detail[language],
      next: next?.[language] ?? null,
    });
  }
  return results;
}

async function examine(check: CheckDefinition, patient: Patient): Promise<Finding> {
  try {
    return await check.look(patient);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const step: Names | null = error instanceof LecternError ? error.nextStep : null;
    return { ok: false, detail: words(message, message), next: step ?? other };
  }
}

const other = words("请看服务器日志里这条检查的错误", "see this check's error in the server's log");
