import type { Context } from "hono";
import { setTimeout as sleep } from "node:timers/promises";
import { parseBody, type ParsedBody } from "./body.ts";
import { callerGone, cut } from "./connection.ts";
import { readQuery } from "./contract/query.ts";
import { createValidator, type Validator } from "./contract/validate.ts";
import type { Faults, FaultRule } from "./faults.ts";
import { appUnavailable, scopeRefused, unknownPath } from "./gateway-codes.ts";
import type { Instants } from "./instants.ts";
import {
  type Call,
  FeishuError,
  type Kernel,
  type Operation,
  type Principal,
  Raw,
  type Violation,
} from "./kernel.ts";
import { createLimits, limited } from "./limits.ts";
import type { Locks } from "./locks.ts";
import { createRouter } from "./router.ts";
import { authenticate } from "./tokens.ts";
import { redacted, type Traffic } from "./traffic.ts";

interface Deps {
  kernel: Kernel;
  operations: Operation[];
  faults: Faults;
  instants: Instants;
  locks: Locks;
  traffic: Traffic;
  /** A write has been done. */
  written(): void;
}

/** What the traffic log needs to know, filled in as far as the call gets. */
interface Trace {
  operation: string;
  principal: Principal | null;
  body: string;
  fault: string;
  /** The token was a good one once: its end is no refusal. */
  lapsed: boolean;
  logId: string;
  headers: Record<string, string>;
}

interface Ready {
  operation: Operation;
  key: string;
  validator: Validator;
}

const READS =
  /\/(search|batch_get|batch_get_id|list|batch|query|instance_view)$|\/authen\/|\/auth\/|\/primary$/;

/** The gateway: path, body, token, scope, quota, rate, contract, fault, handler, reply; a refusal is thrown as a FeishuError. */
export function createPipeline(deps: Deps) {
  const { kernel, traffic } = deps;
  const route = createRouter(deps.operations);
  const limits = createLimits(kernel);
  const ready = new Map<Operation, Ready>();

  function readied(operation: Operation): Ready {
    const known = ready.get(operation);
    if (known) return known;
    const made = {
      operation,
      key: `${operation.method} ${operation.path}`,
      validator: createValidator(operation),
    };
    ready.set(operation, made);
    return made;
  }

  /** The whole way of one request; the reply, or a cut connection. */
  async function handle(c: Context): Promise<Response> {
    const url = new URL(c.req.url);
    const trace: Trace = {
      operation: "",
      principal: null,
      body: "",
      fault: "",
      lapsed: false,
      logId: kernel.id("02", 30).toLowerCase(),
      headers: {},
    };
    let response: Response;
    let code = 0;
    try {
      const result = await proceed(c, url, trace);
      // A copy, because the headers of a redirect cannot be changed.
      response =
        result instanceof Raw ? new Response(result.response.body, result.response) : success(result);
      code = result instanceof Raw ? result.code : 0;
    } catch (error) {
      if (error instanceof Cut) return finish(c, url, trace, await error.end(), -1);
      const refusal = error instanceof FeishuError ? error : broken(error);
      response = refused(refusal, trace.logId);
      code = refusal.code;
    }
    return finish(c, url, trace, response, code);
  }

  function finish(c: Context, url: URL, trace: Trace, response: Response, code: number): Response {
    const refusedByUs = code > 0 && trace.fault === "" && !trace.lapsed && isRefusal(code, response.status);
    traffic.add({
      at: kernel.now(),
      method: c.req.method,
      path: url.pathname,
      query: url.search,
      operation: trace.operation,
      appId: trace.principal?.appId ?? "",
      actor: trace.principal?.kind === "user" ? trace.principal.openId : trace.principal ? "app" : "",
      status: code === -1 ? 0 : response.status,
      code: code === -1 ? 0 : code,
      logId: trace.logId,
      requestBody: redacted(trace.body),
      fault: trace.fault,
      refused: refusedByUs,
    });
    if (code === -1) return response;
    response.headers.set("X-Tt-Logid", trace.logId);
    for (const [name, value] of Object.entries(trace.headers)) response.headers.set(name, value);
    return response;
  }

  async function proceed(c: Context, url: URL, trace: Trace): Promise<unknown> {
    const match = route(c.req.method, url.pathname);
    const parsed = await parseBody(c.req.raw);
    trace.body = parsed.text;
    if (!match) throw unknownPath();
    const one = readied(match.operation);
    trace.operation = one.key;
    const principal = identify(c, one, trace);
    trace.principal = principal;
    if (principal) {
      admit(one.operation, principal);
      limits.quota(principal.appId);
    }
    const over = limits.rate(one.operation, one.key, principal?.appId ?? "");
    if (over) {
      trace.headers = over.headers;
      throw over.error;
    }
    const query = readQuery(url.searchParams, one.validator.params);
    const held: string[] = [];
    const call = createCall(c, trace, { principal, path: match.path, query, parsed, held });
    const flatRefusal = check(one, call, parsed);
    if (flatRefusal) return flatRefusal;
    return run(c, one, call, trace, held);
  }

  function identify(c: Context, { operation, validator }: Ready, trace: Trace): Principal | null {
    const accepted = operation.tokens ?? validator.contract?.tokens ?? ["tenant", "user"];
    if (accepted.includes("none")) return null;
    const found = authenticate(kernel, c.req.header("authorization") ?? null, accepted);
    if (!("refusal" in found)) return found;
    trace.lapsed = found.lapsed;
    throw operation.unauthorized?.(found.refusal.code) ?? found.refusal;
  }

  /** Scopes and the app's availability. */
  function admit(operation: Operation, principal: Principal): void {
    const app = kernel.apps[principal.appId];
    if (!app) throw appUnavailable();
    if (
      principal.kind === "user" &&
      app.availability !== null &&
      !app.availability.includes(principal.openId)
    )
      throw appUnavailable();
    const wanted = operation.scopes ?? [];
    if (!kernel.switches.scopes || wanted.length === 0) return;
    if (principal.kind !== "user") {
      if (!wanted.some((scope) => app.tenantScopes.includes(scope))) throw scopeRefused("tenant", wanted);
      return;
    }
    if (!wanted.some((scope) => app.userScopes.includes(scope))) throw scopeRefused("tenant", wanted);
    if (!wanted.some((scope) => principal.scopes.includes(scope))) throw scopeRefused("user", wanted);
  }

  function check({ operation, validator }: Ready, call: Call, parsed: ParsedBody): Raw | null {
    const violations: Violation[] = parsed.broken
      ? [{ where: "body", field: "", value: parsed.text.slice(0, 120), description: parsed.broken }]
      : [
          ...validator.path(call.path),
          ...validator.query(call.query),
          ...validator.body(call.body, {
            refuseUnknown: kernel.switches.refuseUnknownKeys,
            multipart: parsed.form !== null,
            given: parsed.given,
          }),
        ];
    // An official SDK puts `{}` on every DELETE: only what a caller really said is judged.
    const judged =
      operation.method === "GET" || (operation.method === "DELETE" && !parsed.given)
        ? violations.filter((one) => one.where !== "body")
        : violations;
    if (judged.length === 0) return null;
    const own = operation.invalid?.(judged);
    if (own instanceof Raw) return own;
    throw own ?? contractBroken(judged);
  }

  function createCall(
    c: Context,
    trace: Trace,
    parts: {
      principal: Principal | null;
      path: Record<string, string>;
      query: Record<string, unknown>;
      parsed: ParsedBody;
      held: string[];
    },
  ): Call {
    const { principal } = parts;
    const app = principal ? (kernel.apps[principal.appId] ?? null) : null;
    const own: Omit<Call, keyof Kernel> = {
      principal,
      app,
      path: parts.path,
      query: parts.query,
      body: parts.parsed.body,
      form: parts.parsed.form,
      headers: c.req.raw.headers,
      actor: principal?.kind === "user" ? principal.openId : (app?.botOpenId ?? ""),
      logId: trace.logId,
      exclusive: (key, refusal) => deps.locks.take(key, refusal, parts.held),
    };
    // The kernel's own members are inherited, not copied: this runs for every request.
    return Object.assign(Object.create(kernel) as Kernel, own);
  }

  async function run(
    c: Context,
    { operation, key, validator }: Ready,
    call: Call,
    trace: Trace,
    held: string[],
  ): Promise<unknown> {
    const write = !(operation.reads ?? (operation.method === "GET" || READS.test(operation.path)));
    const names = [key, validator.contract?.sdk ?? key];
    const rule = deps.faults.forCall({
      method: operation.method,
      path: new URL(c.req.url).pathname,
      names,
      write,
    });
    if (rule) trace.fault = rule.kind;
    if (rule) await before(c, rule, operation, trace);
    let result: unknown;
    try {
      result = await operation.handle(call);
    } finally {
      deps.locks.release(held);
      if (write) deps.written();
    }
    if (rule) await after(c, rule, key, trace.logId);
    return result;
  }

  async function before(c: Context, rule: FaultRule, operation: Operation, trace: Trace): Promise<void> {
    if (rule.kind === "500") throw new FeishuError(2200, 500, "internal error");
    if (rule.kind === "conflict") throw new FeishuError(1254291, 200, "Write conflict");
    if (rule.kind === "slow") await sleep(rule.ms ?? 500);
    if (rule.kind === "drop-before") throw new Cut(() => cut(c));
    if (rule.kind === "timeout") throw new Cut(() => silence(c, rule));
    if (rule.kind === "rateLimit") {
      const { error, headers } = limited(
        operation,
        operation.rate?.perSecond ?? operation.rate?.perMinute ?? 50,
        1,
      );
      trace.headers = headers;
      throw error;
    }
  }

  async function after(c: Context, rule: FaultRule, key: string, logId: string): Promise<void> {
    if (rule.kind === "drop-after") throw new Cut(() => cut(c));
    if (rule.kind === "reply-loss") throw new Cut(() => silence(c, rule));
    if (rule.kind === "announce") await deps.instants.hold(key, logId, callerGone(c, rule.ms ?? 60_000));
  }

  return handle;
}

/** The connection is to end without a reply. */
class Cut extends Error {
  readonly end: () => Response | Promise<Response>;
  constructor(end: () => Response | Promise<Response>) {
    super("connection cut by an injected fault");
    this.end = end;
  }
}

async function silence(c: Context, rule: FaultRule): Promise<Response> {
  await callerGone(c, rule.ms ?? 60_000);
  return cut(c);
}

function success(data: unknown): Response {
  return Response.json({ code: 0, msg: "success", data: data ?? {} });
}

function refused(error: FeishuError, logId: string): Response {
  return Response.json(
    { code: error.code, msg: error.message, error: { log_id: logId, ...error.more } },
    { status: error.status },
  );
}

function contractBroken(violations: Violation[]): FeishuError {
  const field_violations = violations.map(({ field, value, description }) => ({ field, value, description }));
  return new FeishuError(99992402, 400, "field validation failed", { field_violations });
}

/** A fault of the sandbox itself: shown as Feishu's internal error, with what broke, so that nobody looks elsewhere. */
function broken(error: unknown): FeishuError {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return new FeishuError(2200, 500, "internal error", { sandbox: text });
}

/** Contract or permission: not the server's own failure, nor what may meet a caller who does everything right. */
function isRefusal(code: number, status: number): boolean {
  return status < 500 && code !== 2200 && !BLAMELESS.has(code);
}

/** Rates, quota, conflicts and "can retry"; people out of reach; what is gone (facts.md §4.12, §5.1, §6.7, §7.2). */
const BLAMELESS = new Set([
  ...[
    99991400, 99991403, 1254290, 1254291, 230020, 11232, 11233, 11247, 90217, 90235, 1061045, 190004, 190005,
    190010, 230049,
  ],
  ...[230013, 230029, 230053],
  ...[230011, 232009, 1254040, 1254041, 1254042, 1254043, 193001, 193003, 191000, 191003, 1061003, 1061007],
]);
