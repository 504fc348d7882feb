import {
  ConflictError,
  FeishuError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitedError,
  TokenError,
  UnavailableError,
  UnreachableError,
} from "../errors.ts";
import type { FeishuFailure, NextStep } from "../errors.ts";

/** A reply of Feishu that is no success. */
export interface Refusal {
  operation: string;
  status: number;
  code: number;
  msg: string;
  logId: string | null;
  /** Scopes by name where Feishu gives them. */
  scopes: readonly string[];
}

/** Frequency and passing conflicts: Feishu did nothing and says so, a later repetition is right. */
const BUSY = new Set([
  99991400, 1254290, 1254291, 1254112, 1254036, 1254607, 1254608, 230020, 230049, 190004, 190005, 190010,
  11232, 11233, 11247, 1061045, 1066002, 90217, 90235, 232019, 232068, 1063006,
]);

/** Feishu's own faults, also where the page prints HTTP 200: whether a write happened is unknown. */
const FAULT = new Set([
  2200, 1254002, 1255001, 1255002, 1255003, 1255004, 1255005, 1255040, 1061001, 1061006, 1066001, 1069601,
  190003, 40003, 20050, 20072, 1225000, 1226000, 131001, 131007,
]);

/** A tenant token that has run out or was replaced: worth one new token (facts.md §1.3). */
const TOKEN_EXPIRED = new Set([99991663, 99991661, 99991668]);

const TOKEN = new Set([
  ...TOKEN_EXPIRED,
  99991664,
  99991665,
  99991669,
  99991671,
  99991677,
  10003,
  10012,
  10013,
  10014,
  10015,
  20001,
  20002,
  20003,
  20004,
  20005,
  20024,
  20026,
  20037,
  20049,
  20064,
  20065,
  20071,
  20073,
  20074,
]);

const SCOPE = new Set([
  99991672, 99991673, 99991676, 99991679, 99991401, 230027, 1061073, 20027, 20068, 232014, 234009,
]);

const PERMISSION = new Set([
  91403, 1254302, 1254303, 1254304, 1254305, 1254306, 1254701, 1061004, 1062501, 1063002, 1063004, 1069603,
  190006, 191002, 193002, 194001, 194002, 194003, 40004, 40014, 1220005, 230006, 230012, 230017, 230026,
  230071, 131006, 232025,
]);

const UNREACHABLE = new Set([
  230013, 230029, 230053, 230002, 232009, 230035, 230018, 230038, 41050, 230005, 231022, 232010, 232011,
  232022, 232060, 42006,
]);

const NOT_FOUND = new Set([
  1254040, 1254041, 1254042, 1254043, 1254044, 1254047, 1254049, 1254702, 1061003, 1061007, 1061044, 1063005,
  1069604, 191000, 191003, 193001, 193003, 194000, 195100, 230011, 230110, 99992351, 99992354, 99992356,
  99992360, 131005, 192000, 230034, 232006, 40015, 41012, 1254045, 1254048, 1770002, 1770003, 1770038,
  1770039, 99992364,
]);

const CONFLICT = new Set([
  1254013, 1254014, 1254020, 1254033, 1254100, 1254101, 1254102, 1254103, 1254105, 1255006, 1254606, 1062507,
  230009, 230031,
]);

/** The tenant's monthly quota: nothing helps before the next month. */
export const QUOTA_USED_UP = 99991403;

const step = (zh: string, en: string): NextStep => ({ zh, en });

const STEP = {
  busy: step(
    "稍后会自动再试。若一直如此,请错开批量操作的时间。",
    "It is tried again by itself. If it lasts, spread bulk work over time.",
  ),
  token: step(
    "请在开发者后台核对 App ID、App Secret,并确认应用已启用、版本已发布。",
    "In the developer console check App ID and App Secret, and that the app is enabled and its version released.",
  ),
  scope: step(
    "请在开发者后台为应用开通缺少的权限,发布新版本,并由管理员审批。",
    "In the developer console add the missing scope, release a new version and have an admin approve it.",
  ),
  permission: step(
    "请在该文档右上角「… → 更多 → 添加文档应用」把本应用加为「可管理」。",
    "Open the document, choose … → More → Add document app, and give this app the manage right.",
  ),
  notFound: step(
    "对象可能已被删除或移动;请在飞书里确认后重新关联。",
    "It may have been deleted or moved: check in Feishu and link it again.",
  ),
  conflict: step("请按提示改名或清理,再试一次。", "Rename or clear as the message says, then try again."),
  quota: step(
    "本租户当月 API 调用额度已用完:请升级套餐或等到下月。",
    "The tenant's API quota of this month is used up: change the plan or wait for next month.",
  ),
  unreachable: step(
    "对方存在但机器人联系不到:请确认应用可用范围、机器人已在群内、群允许机器人发言、对方未屏蔽。",
    "It exists but the bot cannot reach it: check the app's availability, that the bot is in the group and may speak, and that the person has not blocked it.",
  ),
  invalid: step(
    "这是程序或数据的问题,重试无用;请把日志号交给维护者。",
    "A fault of program or data, repeating does not help: give the log id to the maintainer.",
  ),
  unavailable: step(
    "飞书暂时不可用,稍后会自动再试。",
    "Feishu is unavailable for the moment; it is tried again by itself.",
  ),
  uncertain: step(
    "不确定是否已成功:系统会先核对,核对不到时请管理员确认。",
    "It is unknown whether this happened: it is looked up first, and otherwise shown to an admin.",
  ),
} as const;

export const UNCERTAIN_STEP: NextStep = STEP.uncertain;
export const UNAVAILABLE_STEP: NextStep = STEP.unavailable;

export const isBusy = (refusal: Refusal): boolean => refusal.status === 429 || BUSY.has(refusal.code);
export const isFault = (refusal: Refusal): boolean =>
  !isBusy(refusal) && (refusal.status >= 500 || FAULT.has(refusal.code));
export const isExpiredToken = (refusal: Refusal): boolean => TOKEN_EXPIRED.has(refusal.code);

function withScopes(scopes: readonly string[]): NextStep {
  if (scopes.length === 0) return STEP.scope;
  const list = scopes.join("、");
  return step(
    `请在开发者后台开通以下任一权限:${list},发布新版本,并由管理员审批。`,
    `In the developer console add one of these scopes: ${scopes.join(", ")}; release a new version and have an admin approve it.`,
  );
}

/** The error class a refusal belongs to. Codes from facts.md §1.3, §4.12, §5, §6.7, §7.2, §8, §9. */
export function errorFor(refusal: Refusal, retryAt: number): FeishuError {
  const { code, status } = refusal;
  const failure = (nextStep: NextStep): FeishuFailure => ({
    feishuCode: code,
    detail: refusal.msg,
    operation: refusal.operation,
    status,
    logId: refusal.logId,
    nextStep,
  });
  if (isBusy(refusal)) return new RateLimitedError(failure(STEP.busy), retryAt);
  if (code === QUOTA_USED_UP) return new RateLimitedError(failure(STEP.quota), retryAt);
  if (TOKEN.has(code)) return new TokenError(failure(STEP.token));
  if (SCOPE.has(code)) return new PermissionError(failure(withScopes(refusal.scopes)), refusal.scopes);
  if (PERMISSION.has(code)) return new PermissionError(failure(STEP.permission), []);
  if (UNREACHABLE.has(code)) return new UnreachableError(failure(STEP.unreachable));
  if (NOT_FOUND.has(code)) return new NotFoundError(failure(STEP.notFound));
  if (CONFLICT.has(code)) return new ConflictError(failure(STEP.conflict));
  if (isFault(refusal)) return new UnavailableError(failure(STEP.unavailable));
  if (status === 401) return new TokenError(failure(STEP.token));
  if (status === 403) return new PermissionError(failure(STEP.permission), []);
  if (status === 404) return new NotFoundError(failure(STEP.notFound));
  return new InvalidRequestError(failure(STEP.invalid));
}
