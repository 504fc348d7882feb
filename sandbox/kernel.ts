/**
 * The ground of the sandbox: what an operation of the local Feishu is, and what it may use.
 * Every API module (`sandbox/api/*.ts`) declares its slice of the state and a list of operations; `sandbox/server.ts`
 * authenticates, checks the contract, counts rates, injects faults, logs, and calls the handler.
 */

/** A refusal as Feishu gives it. `status` is part of the contract: SDKs resolve on 200 and reject on >= 400. */
export class FeishuError extends Error {
  readonly code: number;
  readonly status: number;
  readonly more: Record<string, unknown>;
  constructor(code: number, status: number, msg: string, more: Record<string, unknown> = {}) {
    super(msg);
    this.code = code;
    this.status = status;
    this.more = more;
  }
}

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** All state of the sandbox: JSON only, so that a snapshot file is the whole truth. */
export type State = { [slice: string]: unknown };

/** Declares a module's part of the state: `const im = slice<ImState>('im', () => ({ messages: {} }))`, then `im(call.state)`. */
export function slice<T>(name: string, initial: () => T): (state: State) => T {
  return (state) => (state[name] ??= initial()) as T;
}

/** Who calls. `tenant` and `app` act as the app itself (its bot); `user` acts as a person. */
export type Principal =
  | { kind: "tenant" | "app"; appId: string }
  | { kind: "user"; appId: string; openId: string; scopes: string[] };

export interface Kernel {
  state: State;
  /** The sandbox's clock, ms since 1970. Never use Date.now() for anything Feishu would date. */
  now: () => number;
  /** Stable ids from a counter in the state: `id('rec')` → `rec…`. Deterministic for an equal course of events. */
  id: (prefix: string, length?: number) => string;
  /** Queue an event for every app that subscribes to its type; delivered (encrypted, signed, retried) by the kernel. */
  emit: (
    type: string,
    event: Record<string, unknown>,
    options?: { appId?: string; schema?: "1.0" | "2.0"; delayMs?: number },
  ) => void;
  /** Run `run` when the clock reaches `at`. Timers survive a snapshot by name: handlers are registered with `onTimer`. */
  timer: (name: string, at: number, payload: Json) => void;
  onTimer: (name: string, handler: (kernel: Kernel, payload: Json) => void | Promise<void>) => void;
  /** Switches of decisions.md's last paragraph, set by `/sandbox/switches`. */
  switches: Switches;
  /** Configuration of the registered apps. */
  apps: Record<string, App>;
  /** Sends a card callback to the app and gives its answer; `code` is what a Feishu client would show (facts.md §7.4). */
  callback: (appId: string, event: Record<string, unknown>, type?: string) => Promise<CallbackReply>;
  /** People by open_id. The contact module sets this in its `setup`; sign-in reads it. */
  people: People;
  /** State was changed outside a request or timer (a snapshot and the participants must learn of it). */
  touched: () => void;
}

export type CallbackReply = { code: 0; answer: Record<string, unknown> } | { code: number; msg: string };

/** What sign-in needs to know of a person; the contact module owns the full record. */
export interface Person {
  open_id: string;
  union_id: string;
  user_id: string;
  name: string;
  en_name: string;
  email: string;
  mobile: string;
  employee_no: string;
  avatar_url: string;
  status: "active" | "resigned" | "frozen";
}

interface People {
  find: (openId: string) => Person | null;
  list: () => Person[];
}

export interface App {
  appId: string;
  appSecret: string;
  name: string;
  tenantKey: string;
  encryptKey: string;
  verificationToken: string;
  /** Scopes granted by the tenant's admin, for tenant tokens and for user tokens. */
  tenantScopes: string[];
  userScopes: string[];
  events: string[];
  callbacks: string[];
  eventUrl: string | null;
  cardUrl: string | null;
  redirectUris: string[];
  /** open_ids the app may reach and see; null = everybody. */
  availability: string[] | null;
  /** The bot's own open_id. */
  botOpenId: string;
}

export interface Switches {
  /** Reads lag writes by this many ms (0 = none). */
  readLagMs: number;
  /** Own API writes produce record events: on, off, or late (10 s). */
  echo: "on" | "off" | "late";
  /** Refuse body keys that the contract does not know. */
  refuseUnknownKeys: boolean;
  /** Calls a month before 99991403; null = unlimited. */
  monthlyQuota: number | null;
  /** Rate tiers in force. */
  rates: boolean;
  /** Check scopes per operation. */
  scopes: boolean;
  /** bitable_field_changed events are held back, so that a client keeps stale field names. */
  staleFieldNames: boolean;
  /** Inviting a chat makes its members busy unless the event is free. */
  busySpread: boolean;
}

export interface Call extends Kernel {
  principal: Principal | null;
  app: App | null;
  path: Record<string, string>;
  /** Coerced by the contract (numbers, booleans, arrays from `a=1&a=2` and `a[]=1`). */
  query: Record<string, unknown>;
  body: Record<string, unknown>;
  /** Multipart parts, for uploads only. */
  form: FormData | null;
  headers: Headers;
  /** open_id of the user who calls, or the bot's own. */
  actor: string;
  /** Value of `X-Tt-Logid`. */
  logId: string;
  /**
   * Holds `key` until the handler ends; throws `refusal` when another request holds it. Waits 0–2 ms of real time after
   * taking it, so that overlapping writes really meet.
   */
  exclusive: (key: string, refusal: FeishuError) => Promise<void>;
}

/** A reply that is not `{code:0,msg,data}`: flat JSON, a file, a redirect, a page. */
export class Raw {
  readonly response: Response;
  /** The code inside the reply, for the traffic log. */
  readonly code: number;
  constructor(response: Response, code = 0) {
    this.response = response;
    this.code = code;
  }
}

/** Flat JSON as auth and OAuth answer it: the fields stand beside `code`, not in `data`. */
export function flat(body: { code: number } & Record<string, unknown>, status = 200): Raw {
  return new Raw(Response.json(body, { status }), body.code);
}

/** One break of the contract: `records.0.fields`, the value given, what was expected. */
export interface Violation {
  where: "path" | "query" | "body";
  field: string;
  value: string;
  description: string;
}

export interface Operation {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** As in the contract file: `/open-apis/im/v1/messages/:message_id`. */
  path: string;
  /** Token kinds accepted; `none` = public. Default: what the contract says, else tenant and user. */
  tokens?: ("tenant" | "user" | "app" | "none")[];
  /** One of these scopes is enough. Empty or absent: none needed. */
  scopes?: string[];
  /** Rate tier of facts.md 1.2, or calls per window. */
  rate?: { perMinute?: number; perSecond?: number; status?: 429 | 400; code?: number };
  /** Schema by hand where the contract file has none: JSON schemas of path, params (query), data (body). */
  schema?: { path?: object; params?: object; data?: object };
  /** A read leaves no trace: it wakes nobody and asks for no snapshot. Default: GET, and POST …/search, …/batch_get and the like. */
  reads?: boolean;
  /** The page's own code for a broken contract; default 99992402 at HTTP 400. A `Raw` where the reply is flat. */
  invalid?(violations: Violation[]): FeishuError | Raw;
  /** The page's own code for a refused token (`code` is the gateway's); null = the gateway's. */
  unauthorized?(code: number): FeishuError | null;
  /** Returns `data`; a `Raw` goes out as it is. */
  handle(call: Call): unknown;
}

/** A service of the Open API. `setup` registers timers and the like, once, before the first request. */
export interface ApiModule {
  name: string;
  operations: Operation[];
  setup?(kernel: Kernel): void;
}

export function operations(list: Operation[]): Operation[] {
  return list;
}
