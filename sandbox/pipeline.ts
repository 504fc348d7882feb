import type { Context } from "hono";
import { admit } from "./admission.ts";
import { parseBody, type ParsedBody } from "./body.ts";
import { readQuery } from "./contract/query.ts";
import { createValidator, type Validator } from "./contract/validate.ts";
import type { Faults } from "./faults.ts";
import { unknownPath } from "./gateway-codes.ts";
import { afterEffect, beforeEffect, Cut } from "./injected.ts";
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
import { createLimits } from "./limits.ts";
import type { Locks } from "./locks.ts";
import { contractBroken, internalError, isRefusal, refused, success } from "./replies.ts";
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
  written: () => void;
}

/** What the traffic log and the reply need to know, filled in as far as the call gets. */
interface Trace {
  c: Context;
  url: URL;
  operation: string;
  principal: Principal | null;
  body: string;
  fault: string;
  /** The token was a good one once: its end is no refusal. */
  lapsed: boolean;
  logId: string;
  headers: Record<string, string>;
  /** Keys of `exclusive`, released when the handler ends. */
  held: string[];
}

interface Ready {
  operation: Operation;
  key: string;
  validator: Validator;
  write: boolean;
}

/** POSTs that only look. */
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
    const key = `${operation.method} ${operation.path}`;
    const write = !(operation.reads ?? (operation.method === "GET" || READS.test(operation.path)));
    const made = { operation, key, validator: createValidator(operation), write };
    ready.set(operation, made);
    return made;
  }

  /** The whole way of one request; the reply, or a cut connection. */
  async function handle(c: Context): Promise<Response> {
    const logId = kernel.id("02", 30).toLowerCase();
    const trace: Trace = {
      c,
      url: new URL(c.req.url),
      operation: "",
      principal: null,
      body: "",
      fault: "",
      lapsed: false,
      logId,
      headers: {},
      held: [],
    };
    try {
      const result = await proceed(trace);
      if (!(result instanceof Raw)) return finish(trace, success(result), 0);
      // A copy, because the headers of a redirect cannot be changed.
      return finish(trace, new Response(result.response.body, result.response), result.code);
    } catch (error) {
      if (error instanceof Cut) {
        const ended = await error.end();
        record(trace, 0, 0);
        return ended;
      }
      const refusal = error instanceof FeishuError ? error : internalError(error);
      return finish(trace, refused(refusal, logId), refusal.code);
    }
  }

  function finish(trace: Trace, response: Response, code: number): Response {
    record(trace, response.status, code);
    response.headers.set("X-Tt-Logid", trace.logId);
    for (const [name, value] of Object.entries(trace.headers)) response.headers.set(name, value);
    return response;
  }

  function record(trace: Trace, status: number, code: number): void {
    const { principal, fault, lapsed, logId, operation, url } = trace;
    traffic.add({
      at: kernel.now(),
      method: trace.c.req.method,
      path: url.pathname,
      query: url.search,
      operation,
      appId: principal?.appId ?? "",
      actor: principal?.kind === "user" ? principal.openId : principal ? "app" : "",
      status,
      code,
      logId,
      requestBody: redacted(trace.body),
      fault,
      refused: fault === "" && !lapsed && isRefusal(code, status),
    });
  }

  async function proceed(trace: Trace): Promise<unknown> {
    const match = route(trace.c.req.method, trace.url.pathname);
    const parsed = await parseBody(trace.c.req.raw);
    trace.body = parsed.text;
    if (!match) throw unknownPath();
    const one = readied(match.operation);
    trace.operation = one.key;
    trace.principal = identify(one, trace);
    if (trace.principal) {
      admit(kernel, one.operation, trace.principal);
      limits.quota(trace.principal.appId);
    }
    const over = limits.rate(one.operation, one.key, trace.principal?.appId ?? "");
    if (over) {
      trace.headers = over.headers;
      throw over.error;
    }
    const call = createCall(
      trace,
      match.path,
      readQuery(trace.url.searchParams, one.validator.params),
      parsed,
    );
    return check(one, call, parsed) ?? run(one, call, trace);
  }

  function identify({ operation, validator }: Ready, trace: Trace): Principal | null {
    const accepted = operation.tokens ?? validator.contract?.tokens ?? ["tenant", "user"];
    if (accepted.includes("none")) return null;
    const found = authenticate(kernel, trace.c.req.header("authorization") ?? null, accepted);
    if (!("refusal" in found)) return found;
    trace.lapsed = found.lapsed;
    throw operation.unauthorized?.(found.refusal.code) ?? found.refusal;
  }

  /** Throws the operation's refusal of a broken contract, or returns it where it is flat. */
  function check({ operation, validator }: Ready, call: Call, parsed: ParsedBody): Raw | null {
    const violations = parsed.broken
      ? [unreadable(parsed)]
      : [...validator.path(call.path), ...validator.query(call.query)];
    // An official SDK puts `{}` on every GET and DELETE: only what a caller really said is judged.
    if (!parsed.broken && (parsed.given || (operation.method !== "GET" && operation.method !== "DELETE"))) {
      const refuseUnknown = kernel.switches.refuseUnknownKeys;
      violations.push(
        ...validator.body(call.body, { refuseUnknown, multipart: parsed.form !== null, given: parsed.given }),
      );
    }
    if (violations.length === 0) return null;
    const own = operation.invalid?.(violations);
    if (own instanceof Raw) return own;
    throw own ?? contractBroken(violations);
  }

  function createCall(
    trace: Trace,
    path: Record<string, string>,
    query: Record<string, unknown>,
    parsed: ParsedBody,
  ): Call {
    const { principal, logId, held } = trace;
    const app = principal ? (kernel.apps[principal.appId] ?? null) : null;
    const own: Omit<Call, keyof Kernel> = {
      principal,
      app,
      path,
      query,
      body: parsed.body,
      form: parsed.form,
      headers: trace.c.req.raw.headers,
      actor: principal?.kind === "user" ? principal.openId : (app?.botOpenId ?? ""),
      logId,
      exclusive: (key, refusal) => deps.locks.take(key, refusal, held),
    };
    // The kernel's own members are inherited, not copied: this runs for every request.
    return Object.assign(Object.create(kernel) as Kernel, own);
  }

  async function run(
    { operation, key, validator, write }: Ready,
    call: Call,
    trace: Trace,
  ): Promise<unknown> {
    const names = [key, validator.contract?.sdk ?? key];
    const rule = deps.faults.forCall({ method: operation.method, path: trace.url.pathname, names, write });
    if (rule) {
      trace.fault = rule.kind;
      await beforeEffect(trace.c, rule, operation, trace.headers);
    }
    const result = await withLocks(operation, call, trace.held, write);
    if (rule) await afterEffect(trace.c, rule, { operation: key, logId: trace.logId }, deps.instants);
    return result;
  }

  async function withLocks(
    operation: Operation,
    call: Call,
    held: string[],
    write: boolean,
  ): Promise<unknown> {
    try {
      return await operation.handle(call);
    } finally {
      deps.locks.release(held);
      if (write) deps.written();
    }
  }

  return handle;
}

function unreadable(parsed: ParsedBody): Violation {
  return { where: "body", field: "", value: parsed.text.slice(0, 120), description: parsed.broken ?? "" };
}
