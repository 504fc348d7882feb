import { FeishuError } from "../../kernel.ts";

/** A refusal with the code that the SDK hands to the plugin. */
export class PluginError extends Error {
  readonly code: number;
  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

/** Codes of `@lark-base-open/js-sdk`: 10200000 + (scope % 100) * 1000 + detail. */
export const SDK = {
  lastTable: 10212002,
  badParameter: 10212992,
  tableName: 10212995,
  tableDenied: 10212997,
  tableMissing: 10212998,
  tableUnknown: 10212999,
  fieldType: 10213991,
  fieldName: 10213995,
  fieldDenied: 10213997,
  fieldMissing: 10213998,
  fieldUnknown: 10213999,
  tooMany: 10214001,
  recordDenied: 10214997,
  recordMissing: 10214998,
  recordUnknown: 10214999,
  lastView: 10215001,
  viewType: 10215991,
  viewName: 10215995,
  viewDenied: 10215997,
  viewMissing: 10215998,
  viewUnknown: 10215999,
  cellDenied: 10216997,
  cellUnknown: 10216999,
  notRegistered: 10299997,
} as const;

/** The Base's own refusals that mean the same on any method. */
const SAME: Record<number, number> = {
  1254013: SDK.tableName,
  1254014: SDK.fieldName,
  1254020: SDK.viewName,
  1254023: SDK.lastView,
  1254034: SDK.lastTable,
  1254041: SDK.tableMissing,
  1254042: SDK.viewMissing,
  1254043: SDK.recordMissing,
  1254044: SDK.fieldMissing,
  1254045: SDK.fieldMissing,
  1254046: SDK.fieldDenied,
  1254104: SDK.tooMany,
};

interface Scope {
  denied: number;
  unknown: number;
}
const SCOPES: Record<string, Scope> = {
  Field: { denied: SDK.fieldDenied, unknown: SDK.fieldUnknown },
  View: { denied: SDK.viewDenied, unknown: SDK.viewUnknown },
  Record: { denied: SDK.recordDenied, unknown: SDK.recordUnknown },
  Cell: { denied: SDK.cellDenied, unknown: SDK.cellUnknown },
};
const TABLE: Scope = { denied: SDK.tableDenied, unknown: SDK.tableUnknown };

/** Code and message of a failure in `method`, whose name tells what it is about. */
export function pluginError(method: string, error: unknown): { code: number; message: string } {
  if (error instanceof PluginError) return { code: error.code, message: error.message };
  if (!(error instanceof FeishuError)) throw error;
  const detail = error.more["message"];
  const message = typeof detail === "string" ? `${error.message}: ${detail}` : error.message;
  const scope = SCOPES[/Field|View|Record|Cell/u.exec(method.replace(/^Widget/u, ""))?.[0] ?? ""] ?? TABLE;
  const denied = error.code === 91403 || error.code === 1254302;
  return { code: SAME[error.code] ?? (denied ? scope.denied : scope.unknown), message };
}

/** More in one operation than Feishu takes from a plugin. */
export const BATCH_MAX = 200;

export function atMost(count: number, what: string, most: number = BATCH_MAX): void {
  if (count > most) throw new PluginError(SDK.tooMany, `${count} ${what} in one call, at most ${most}`);
}
