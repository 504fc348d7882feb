import { createBackend } from "#sandbox/host/bridge/backend.ts";
import { hostPlugin } from "#sandbox/host/bridge/host-plugin.ts";
import type { HostFaults, HostedPlugin, LogEntry, Selection } from "#sandbox/host/bridge/types.ts";

/** The smallest page that hosts a plugin: `?plugin=URL&server=URL&base=TOKEN&as=ou_…`, for tests. */
const query = new URLSearchParams(location.search);
const given = (name: string) => query.get(name) ?? "";

/** What a test looks at and pulls. */
export interface HostHandle {
  hosted: HostedPlugin;
  log: LogEntry[];
  /** Calls of the page around the plugin, in order: `["toast", "info", "…"]`. */
  asked: unknown[][];
  /** What the person would choose in the picker, tick in the grid. */
  chosen: string[];
  ticked: string[];
}

const iframe = document.querySelector("iframe");
if (!iframe) throw new Error("the page has no iframe");
const boxed = query.get("sandbox");
if (boxed !== null) iframe.setAttribute("sandbox", boxed);

const asked: unknown[][] = [];
const log: LogEntry[] = [];
const noted =
  (name: string) =>
  (...args: unknown[]): void =>
    void asked.push([name, ...args]);

const handle: HostHandle = {
  log,
  asked,
  chosen: [],
  ticked: [],
  hosted: hostPlugin({
    iframe,
    pluginUrl: given("plugin"),
    backend: createBackend({ server: given("server"), base: given("base"), as: given("as") }),
    selection: {
      baseId: given("base"),
      tableId: query.get("table"),
      viewId: query.get("view"),
      fieldId: null,
      recordId: null,
    } satisfies Selection,
    environment: {
      theme: "LIGHT",
      locale: query.get("locale") ?? "zh-CN",
      product: "feishu",
      tenantKey: "tenant_sandbox",
      instanceId: "plugin_under_test",
      urlOf: (place) =>
        `${location.origin}/base/${given("base")}?${new URLSearchParams(Object.entries(place))}`,
    },
    faults: JSON.parse(query.get("faults") ?? "{}") as HostFaults,
    log: (entry) => void log.push(entry),
    ui: {
      toast: noted("toast"),
      selectRecords: (...args) => {
        asked.push(["selectRecords", ...args]);
        return Promise.resolve(handle.chosen);
      },
      showTable: noted("showTable"),
      showView: noted("showView"),
      showRecord: noted("showRecord"),
      editCell: (place) => {
        asked.push(["editCell", place]);
        return Promise.resolve(true);
      },
      selectedRecords: () => handle.ticked,
      close: noted("close"),
      resize: noted("resize"),
    },
  }),
};

declare global {
  interface Window {
    host: HostHandle;
  }
}
window.host = handle;
