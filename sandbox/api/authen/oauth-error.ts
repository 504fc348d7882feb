/** A refusal of OAuth: HTTP 400 `{code, error, error_description}` (facts.md §3.3). */
export class OAuthError extends Error {
  readonly code: number;
  constructor(code: number, description: string) {
    super(description);
    this.code = code;
  }

  /** The word of RFC 6749 for the code. */
  get word(): string {
    if ([20002, 20048].includes(this.code)) return "invalid_client";
    if ([20036].includes(this.code)) return "unsupported_grant_type";
    if ([20067, 20068].includes(this.code)) return "invalid_scope";
    if ([20001, 20063, 20070].includes(this.code)) return "invalid_request";
    return "invalid_grant";
  }
}
