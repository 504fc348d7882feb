import type { IOpenCellValue, Selection } from "@lark-base-open/js-sdk";
import type { FileRef } from "#base/table.ts";

/**
 * The Base client around the plugin, through its SDK: the only file that knows it. The SDK's traps are met here: calls that
 * are never answered, rejections nobody waits for, listeners that must be taken off once only (base-host-protocol §2–4).
 */
type Sdk = typeof import("@lark-base-open/js-sdk");
let loading: Promise<Sdk> | null = null;
let letIn: () => void = () => undefined;
const allowed = new Promise<void>((resolve) => (letIn = resolve));
// 230 kB gzip and a handshake as soon as it is evaluated: never outside a host, and not before the first screen stands.
const sdk = (): Promise<Sdk> => (loading ??= allowed.then(() => import("@lark-base-open/js-sdk")));

/** From now on the SDK may be loaded; calls made before wait for this. */
export const letHostIn = (): void => letIn();

/** `silent`: no host answered; `denied`: the person may not; `gone`: table, field or record is not in this Base. */
export type HostProblem = "silent" | "denied" | "gone" | "tooMany" | "refused";

export class HostError extends Error {
  readonly problem: HostProblem;
  readonly code: number | null;
  constructor(problem: HostProblem, message: string, code: number | null = null) {
    super(message);
    this.name = "HostError";
    this.problem = problem;
    this.code = code;
  }
}

/** The last three digits of a host's code say what happened, whatever it happened to. */
function problemOf(code: number): HostProblem {
  if (code === 10214001) return "tooMany";
  if (code % 1000 === 997 && code !== 10299997) return "denied";
  return code % 1000 === 998 ? "gone" : "refused";
}

const CALL_MS = 15_000;

/** Requests have no time limit of their own; the SDK's rejections are strings or errors with a code. */
function within<T>(call: Promise<T>, ms = CALL_MS): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new HostError("silent", `no answer within ${ms} ms`)), ms);
    const fail = (error: unknown) => {
      const code = (error as { code?: unknown } | null)?.code;
      if (typeof code === "number")
        reject(new HostError(problemOf(code), error instanceof Error ? error.message : String(code), code));
      else if (error === "time out") reject(new HostError("silent", "the host did not shake hands"));
      else reject(error instanceof Error ? error : new HostError("refused", String(error)));
    };
    call.then(resolve, fail).finally(() => clearTimeout(late));
  });
}

/** The SDK's own four calls reject when no host answers, and nobody waits for them. */
export function watchForLateHost(): void {
  window.addEventListener("unhandledrejection", (event) => {
    if (event.reason === "time out") event.preventDefault();
  });
}

export interface Host {
  /** app_token of the Base at hand, as the host says; a hint, no proof. */
  base: string | null;
  /** Tells the people of one computer apart; not an id of the Open Platform, and no proof either. Empty where a host says none. */
  person: string;
  theme: Theme;
  /** `zh-CN`, `en-US`, … */
  locale: string;
}
export type Theme = "light" | "dark";
const themeOf = (said: string): Theme => (said === "DARK" ? "dark" : "light");

/** The first words with the host. Rejects with `silent` when there is none, after `ms`. */
export async function meetHost(ms: number): Promise<Host> {
  const { base, bridge } = await sdk();
  const [{ baseId }, person, theme, locale] = await within(
    Promise.all([
      base.getSelection(),
      bridge.getBaseUserId().catch(() => ""),
      bridge.getTheme(),
      bridge.getLocale(),
    ]),
    ms,
  );
  return { base: baseId, person, theme: themeOf(theme), locale };
}

export interface Selected {
  table: string | null;
  record: string | null;
}
const selectedOf = ({ tableId, recordId }: Selection): Selected => ({ table: tableId, record: recordId });

/** A listener that may be taken off before it is on, and twice. A listener that throws would silence those after it. */
function listen<T>(put: (sdk: Sdk, hear: (value: T) => void) => () => void, hear: (value: T) => void) {
  let off: (() => void) | null = null;
  let ended = false;
  const safely = (value: T) => {
    if (!ended) queueMicrotask(() => hear(value));
  };
  void sdk().then((loaded) => {
    if (!ended) off = put(loaded, safely);
  });
  return () => {
    ended = true;
    off?.();
    off = null;
  };
}

export const onSelected = (hear: (selection: Selected) => void): (() => void) =>
  listen(({ base }, tell) => base.onSelectionChange(({ data }) => tell(selectedOf(data))), hear);

export const onTheme = (hear: (theme: Theme) => void): (() => void) =>
  listen(({ bridge }, tell) => bridge.onThemeChange(({ data }) => tell(themeOf(data.theme))), hear);

/** Cells by field id, in the SDK's shapes (base-host-protocol §6.1). */
export type Cells = Record<string, IOpenCellValue>;

const tableOf = async (tableId: string) => within((await sdk()).base.getTableById(tableId));

/** Adds a record; gives its id. */
export async function addCells(tableId: string, fields: Cells): Promise<string> {
  return within((await tableOf(tableId)).addRecord({ fields }));
}

/** Writes some cells of a record; `null` clears one, the others stay. */
export async function writeCells(tableId: string, recordId: string, fields: Cells): Promise<void> {
  const table = await tableOf(tableId);
  // One cell at a time: whether a whole-record write keeps the cells it does not name is the host's choice (§5.3).
  await within(
    Promise.all(Object.entries(fields).map(([field, value]) => table.setCellValue(field, recordId, value))),
  );
}

let uploading: Promise<unknown> = Promise.resolve();

/** Uploads files into the Base, for an attachment cell. One after another: the host allows no second upload meanwhile. */
export function uploadFiles(files: readonly File[]): Promise<FileRef[]> {
  const mine = uploading.then(async () => {
    const tokens = await (await sdk()).base.batchUploadFile([...files]);
    return files.map(({ name, size, type }, at) => {
      const fileToken = tokens[at];
      if (!fileToken) throw new HostError("refused", `no token for ${name}`);
      return { name, size, type, fileToken };
    });
  });
  uploading = mine.catch(() => undefined);
  return mine;
}

/** Opens a link: a Feishu client does so in the system's browser, and gives back no window. False when it was blocked. */
export function openUrl(url: string): boolean {
  // With noopener a browser answers null whether or not the window opened.
  const opened = window.open(url, "_blank");
  if (opened) opened.opener = null;
  return opened !== null;
}
