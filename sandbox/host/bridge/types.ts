/** What is marked in the Base: ids, or null where nothing is. */
export interface Selection {
  baseId: string | null;
  tableId: string | null;
  viewId: string | null;
  fieldId: string | null;
  recordId: string | null;
}

/** A cell named by its ids, as UI calls and links carry it. */
export interface Place {
  tableId: string;
  viewId?: string;
  recordId?: string;
  fieldId?: string;
}

/** One call of a batch: `c` context, `p` positional arguments. */
export interface Call {
  c: unknown[];
  p: unknown[];
}

/** An answer: the value (absent = undefined), or the SDK's code and a message. */
export type Answer = { value?: unknown } | { error: { code: number; message: string } };

/** What happened in the Base, by whomever; only what the person may see. `stale` = something may have been missed: read again. */
export type BaseChange =
  | { kind: "records"; tableId: string; added: string[]; deleted: string[]; changed: RecordChange[] }
  | { kind: "field"; tableId: string; fieldId: string; change: "added" | "changed" | "deleted" }
  | { kind: "table"; tableId: string; change: "added" | "changed" | "deleted" }
  | { kind: "view"; tableId: string; viewId: string; change: "added" | "changed" | "deleted" }
  | { kind: "permission" }
  | { kind: "data"; plugin: string; keys: string[] }
  | { kind: "stale" };

export interface RecordChange {
  recordId: string;
  fieldIds: string[];
}

/** A Base on the sandbox's server, opened as one person: see `createBackend`. */
export interface BaseBackend {
  /** Token of the Base. */
  base: string;
  /** open_id of the person. */
  as: string;
  /** Calls of one method (`WidgetTable_getRecordsByPage`, …) in one request; answers in the same order. */
  batch(method: string, calls: Call[]): Promise<Answer[]>;
  /** One call. @throws HostError with the SDK's code. */
  call<T>(method: string, context: unknown[], ...params: unknown[]): Promise<T>;
  /** Puts a file into the Base; its token. `progress` hears bytes sent. @throws HostError */
  upload(file: File, progress?: (sent: number) => void): Promise<string>;
  /** Live changes; call the result to stop. */
  listen(heard: (change: BaseChange) => void): () => void;
  /** Stops listening for good. */
  close(): void;
}

export type Toast = "info" | "success" | "warning" | "error" | "loading";

/** What the page around the plugin does for it. */
export interface HostUi {
  toast(type: Toast, message: string): void;
  /** Opens a picker of records; what was chosen, `[]` when it was closed. */
  selectRecords(tableId: string, viewId: string): Promise<string[]>;
  showTable(tableId: string): void;
  showView(tableId: string, viewId: string): void;
  /** Opens the record's card; `fieldIds` = only these fields. */
  showRecord(place: { tableId: string; recordId: string; fieldIds: string[] | null }): void;
  /** Opens the editor of one cell; true when the person saved. */
  editCell(place: { tableId: string; viewId: string; recordId: string; fieldId: string }): Promise<boolean>;
  /** Rows ticked or marked in the grid of this view. */
  selectedRecords(tableId: string, viewId: string): string[];
  /** Closes the sidebar. */
  close(): void;
  resize(size: "small" | "medium" | "large"): void;
}

export type Theme = "LIGHT" | "DARK";

/** What the plugin learns of its surroundings. */
export interface Environment {
  theme: Theme;
  /** `zh-CN`, `en-US`, `ja-JP`, …; the language is told from it. */
  locale: string;
  product: "feishu" | "lark";
  tenantKey: string;
  /** Id of this installation of the plugin: its own store of `setData` hangs on it. Default: the plugin's origin. */
  instanceId: string;
  /** Address that opens a table, view, record or cell in this page. */
  urlOf(place: Partial<Place>): string;
}

/** A host that misbehaves on purpose. */
export interface HostFaults {
  /** Never answers the handshake. */
  silent?: boolean;
  /** Leaves so many handshakes unanswered. */
  ignoreHandshakes?: number;
  /** Answers every call so many ms late. */
  delayMs?: number;
  /** Methods that are refused with this code: `{ WidgetTable_addRecord: 10214997 }`. */
  refuse?: Record<string, number>;
}

export interface HostOptions {
  /** Empty: the bridge sets its `src` once it listens. */
  iframe: HTMLIFrameElement;
  /** Address of the plugin's page. */
  pluginUrl: string;
  backend: BaseBackend;
  ui: HostUi;
  environment: Environment;
  /** What is marked at the start. */
  selection: Selection;
  faults?: HostFaults;
  /** Every request and answer, event and refusal, for a log that people can open. */
  log?(entry: LogEntry): void;
}

export interface LogEntry {
  kind: "handshake" | "call" | "event" | "ignored";
  name: string;
  detail?: unknown;
}

export interface HostedPlugin {
  /** The mark moved: the plugin hears it when it listens. */
  select(selection: Selection): void;
  /** Theme or language changed. (A new language is learned when the plugin asks again; Feishu reloads the plugin for it.) */
  setEnvironment(change: Partial<Environment>): void;
  /** Loads the plugin anew. */
  reload(): void;
  /** Stops answering; the iframe is left to the page. */
  close(): void;
}
