/** What an admin does next, in both languages. */
export interface NextStep {
  zh: string;
  en: string;
}

/** Every error of ours: a code for machines, a message naming value and place, where known the next step and words for people. */
export class LecternError extends Error {
  readonly code: string;
  readonly nextStep: NextStep | null;
  /** What the person who asked is told; without it a general sentence. */
  readonly words: NextStep | null;
  constructor(
    code: string,
    message: string,
    options: { nextStep?: NextStep; words?: NextStep; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = new.target.name;
    this.code = code;
    this.nextStep = options.nextStep ?? null;
    this.words = options.words ?? null;
  }
}

/** The caller sent something we cannot use. */
export class InvalidInputError extends LecternError {}

/** Nobody is signed in, or the sign-in has ended. */
export class SignInRequiredError extends LecternError {}

/** Signed in, but not allowed. */
export class ForbiddenError extends LecternError {}

/** What was asked for does not exist here. */
export class MissingError extends LecternError {}

/** The data changed since the caller looked. */
export class StaleError extends LecternError {}

/** Too many calls in a short time. */
export class TooManyError extends LecternError {}

/** A setting is missing or wrong: the server does not start, or the feature stays off. */
export class ConfigurationError extends LecternError {}

/** Bytes that claim to come from Feishu and are not proven to: refused with 401 and no further word. */
export class RefusedEnvelopeError extends LecternError {}

export interface FeishuFailure {
  /** Feishu's code; null when no reply could be read. */
  feishuCode: number | null;
  /** Feishu's words, or the transport's. */
  detail: string;
  operation: string;
  /** HTTP status; null when no reply arrived. */
  status: number | null;
  logId: string | null;
  nextStep: NextStep;
}

/** A call to Feishu did not do what it should. Never carries the request: it holds tokens and people's words. */
export class FeishuError extends LecternError {
  readonly feishuCode: number | null;
  readonly operation: string;
  readonly status: number | null;
  readonly logId: string | null;
  readonly detail: string;
  declare readonly nextStep: NextStep;
  constructor(failure: FeishuFailure) {
    const { feishuCode, detail, operation, status, logId, nextStep } = failure;
    const where = `${operation}: ${feishuCode ?? "no reply"} ${detail}`.trim();
    super(`feishu_${feishuCode ?? "transport"}`, logId ? `${where} (log id ${logId})` : where, { nextStep });
    this.feishuCode = feishuCode;
    this.operation = operation;
    this.status = status;
    this.logId = logId;
    this.detail = detail;
  }
}

/** Refused for frequency or a passing conflict, and still so after our own retries. Nothing happened in Feishu. */
export class RateLimitedError extends FeishuError {
  /** When to try again, ms on the deployment's clock. */
  readonly retryAt: number;
  constructor(failure: FeishuFailure, retryAt: number) {
    super(failure);
    this.retryAt = retryAt;
  }
}

/** The app's or the user's token is refused, also after a new one. */
export class TokenError extends FeishuError {}

/** Scope, collaborator right or role is missing. */
export class PermissionError extends FeishuError {
  /** Scopes Feishu named, one of which is enough. */
  readonly missingScopes: readonly string[];
  constructor(failure: FeishuFailure, missingScopes: readonly string[]) {
    super(failure);
    this.missingScopes = missingScopes;
  }
}

/** The thing itself does not exist (any more). */
export class NotFoundError extends FeishuError {}

/** It contradicts what is there: a name, a token used for other content, a limit reached. */
export class ConflictError extends FeishuError {}

/** The person or chat exists but cannot be reached by the bot: never to be read as "missing". */
export class UnreachableError extends FeishuError {}

/** Feishu does not understand or accept the request as it is: repeating it changes nothing. */
export class InvalidRequestError extends FeishuError {}

/** Feishu cannot be reached or answers with a fault of its own; nothing was written. */
export class UnavailableError extends FeishuError {}

/** A write may or may not have happened: look it up, or repeat it with the same key while that is harmless. */
export class UncertainError extends FeishuError {
  /** Until when the same call with the same key does no harm (ms; Infinity = always); null = look it up first. */
  readonly repeatUntil: number | null;
  constructor(failure: FeishuFailure, repeatUntil: number | null) {
    super(failure);
    this.repeatUntil = repeatUntil;
  }
}
