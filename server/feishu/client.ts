import { z } from "zod";
import type { Clock } from "../clock.ts";
import { isExpiredToken } from "./errors.ts";
import type { Agents } from "./http.ts";
import { createLanes } from "./lanes.ts";
import { OPERATIONS } from "./operations.ts";
import type { Operation, OperationName } from "./operations.ts";
import { afterRefusal, afterSilence, repeatableUntil, uncertain, unknownOutcome } from "./retry.ts";
import { createTenantToken } from "./tenant-token.ts";
import type { TenantToken } from "./tenant-token.ts";
import { createTransport } from "./transport.ts";
import type { FileReply } from "./transport.ts";
import { createUsage } from "./usage.ts";
import type { Usage } from "./usage.ts";
import { judge } from "./verdict.ts";
import type { Done, Verdict } from "./verdict.ts";

/** What we need of a logger; pino fits. */
export interface Log {
  debug(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
}

export interface Request {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: Record<string, unknown>;
  multipart?: boolean;
  /** When the idempotency token in this request was first sent (ms); default now. */
  since?: number;
  /** For operations in the user's name. */
  userToken?: string;
  /** Part of a file, as HTTP's Range asks for it. */
  range?: string;
}

export interface Client {
  /** Exchanges that wait for Feishu's reply at this moment. */
  inFlight(): number;
  /** Answers the parsed `data` (or the whole reply of flat operations); throws the classes of server/errors.ts. */
  call<T>(operation: OperationName, request: Request, schema: z.ZodType<T>): Promise<T>;
  /** Answers a file as it comes. */
  stream(operation: OperationName, request: Request): Promise<FileReply>;
  clock: Clock;
  token: TenantToken;
  usage: Usage;
}

export interface ClientOptions {
  appId: string;
  appSecret: string;
  /** `https://open.feishu.cn`, `https://open.larksuite.com`, or the sandbox's address. */
  domain: string;
  clock: Clock;
  log: Log;
  /** Real time a single exchange may take. */
  timeoutMs?: number;
  agents?: Agents;
  /** 0 ≤ x < 1; jitter only. */
  random?: () => number;
}

type Form = "json" | "stream";
type Authorize = () => Promise<string | null>;

const withData = z.object({ data: z.unknown() });
const tenantTokenReply = z.object({ tenant_access_token: z.string(), expire: z.number() });

function report(log: Log, operation: string, attempt: number, verdict: Verdict, ms: number): void {
  const fields = { operation, attempt, ms };
  if (verdict.kind === "refused") {
    const { code, status, logId } = verdict.refusal;
    log.warn({ ...fields, code, status, logId }, "feishu refused");
  } else if ("detail" in verdict) log.warn({ ...fields, detail: verdict.detail }, "feishu did not answer");
  else log.debug({ ...fields, code: 0 }, "feishu answered");
}

function parseReply<T>(name: OperationName, reply: Done, schema: z.ZodType<T>, since: number): T {
  const operation: Operation = OPERATIONS[name];
  const data = operation.flat ? reply.body : (withData.parse(reply.body).data ?? {});
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.code}`).join("; ");
  throw unknownOutcome({ name, operation, since, maybeDone: true }, `reply of another shape: ${where}`);
}

function laneOf(operation: Operation, request: Request): string | null {
  return operation.lane === "base" ? `base:${request.path?.["app_token"] ?? ""}` : (operation.lane ?? null);
}

/** The only place where requests leave for Feishu: token, code check, retries on the deployment's clock, lanes, log lines. */
export function createClient(options: ClientOptions): Client {
  const { clock, log, random = Math.random, timeoutMs = 10_000 } = options;
  const transport = createTransport({ ...options, timeoutMs });
  const inLane = createLanes();
  const usage = createUsage(clock);
  let underWay = 0;

  async function exchange(
    name: OperationName,
    request: Request,
    as: Form,
    bearer: string | null,
    number: number,
  ) {
    const startedAt = Date.now();
    const operation: Operation = OPERATIONS[name];
    const authorization = bearer && `Bearer ${bearer}`;
    underWay++;
    const outcome = await transport
      .send({ ...request, operation, authorization }, as)
      .finally(() => underWay--);
    usage.count(outcome);
    const verdict = judge(name, outcome);
    report(log, name, number, verdict, Date.now() - startedAt);
    return verdict;
  }

  async function run(name: OperationName, request: Request, as: Form, authorize: Authorize) {
    const operation: Operation = OPERATIONS[name];
    const since = request.since ?? clock.now();
    const until = repeatableUntil(operation, since);
    let maybeDone = since < clock.now();
    let renewed = false;
    for (let number = 1; ; number++) {
      if (maybeDone && until !== null && clock.now() >= until)
        throw uncertain(name, "the window of its token has passed", null);
      const bearer = await authorize();
      const verdict = await exchange(name, request, as, bearer, number);
      if (verdict.kind === "done" || verdict.kind === "file") return verdict;
      const refused = verdict.kind === "refused" ? verdict : null;
      if (refused && isExpiredToken(refused.refusal) && bearer && !request.userToken && !renewed) {
        renewed = true;
        token.invalidate(bearer);
        continue;
      }
      const attempt = { name, operation, number, now: clock.now(), since, maybeDone };
      const decision =
        verdict.kind === "refused"
          ? afterRefusal(attempt, verdict, random)
          : afterSilence(attempt, verdict, random);
      if (decision.kind === "throw") throw decision.error;
      maybeDone = decision.maybeDone;
      await clock.until(clock.now() + decision.ms);
    }
  }

  async function answer<T>(
    name: OperationName,
    request: Request,
    schema: z.ZodType<T>,
    authorize: Authorize,
  ) {
    const since = request.since ?? clock.now();
    const verdict = await run(name, request, "json", authorize);
    if (verdict.kind === "done") return parseReply(name, verdict, schema, since);
    verdict.stream.destroy();
    throw unknownOutcome(
      { name, operation: OPERATIONS[name], since, maybeDone: true },
      "a file in place of data",
    );
  }

  const token = createTenantToken({
    clock,
    fetch: async () => {
      const body = { app_id: options.appId, app_secret: options.appSecret };
      const reply = await answer("auth.tenantToken", { body }, tenantTokenReply, async () => null);
      return { token: reply.tenant_access_token, expire: reply.expire };
    },
  });

  function authorizer(operation: Operation, request: Request): Authorize {
    return async () => request.userToken ?? (operation.user ? null : token.get());
  }

  return {
    clock,
    token,
    usage,
    inFlight: () => underWay,
    call(name, request, schema) {
      const operation: Operation = OPERATIONS[name];
      const work = () => answer(name, request, schema, authorizer(operation, request));
      return inLane(laneOf(operation, request), work);
    },
    async stream(name, request) {
      const operation: Operation = OPERATIONS[name];
      const verdict = await run(name, request, "stream", authorizer(operation, request));
      if (verdict.kind === "file") return verdict;
      throw unknownOutcome({ name, operation, since: clock.now(), maybeDone: false }, "no file in the reply");
    },
  };
}
