import {
  ConfigurationError,
  ForbiddenError,
  InvalidInputError,
  LecternError,
  MissingError,
  SignInRequiredError,
  StaleError,
  TooManyError,
} from "./errors.ts";

type Status = 400 | 401 | 403 | 404 | 409 | 429 | 500 | 502 | 503;

/** The one mapping of errors to HTTP. An unknown error says nothing of itself: its words go to the log. */
export function toHttp(error: unknown): {
  status: Status;
  body: { error: { code: string; message: string; next?: unknown } };
} {
  const status = statusOf(error);
  if (!(error instanceof LecternError))
    return {
      status,
      body: { error: { code: "internal", message: "Something went wrong here. Please try again." } },
    };
  return {
    status,
    body: {
      error: {
        code: error.code,
        message: error.message,
        ...(error.nextStep ? { next: error.nextStep } : {}),
      },
    },
  };
}

function statusOf(error: unknown): Status {
  if (error instanceof InvalidInputError) return 400;
  if (error instanceof SignInRequiredError) return 401;
  if (error instanceof ForbiddenError) return 403;
  if (error instanceof MissingError) return 404;
  if (error instanceof StaleError) return 409;
  if (error instanceof TooManyError) return 429;
  if (error instanceof ConfigurationError) return 503;
  return error instanceof LecternError ? 502 : 500;
}
