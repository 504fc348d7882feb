import { Toast } from "@douyinfe/semi-ui";
import type { HostUi } from "../../bridge/types.ts";

/** What lies over the grid: a record's card, or a picker of records. */
export type Dialog =
  | {
      kind: "record";
      table: string;
      record: string;
      fieldIds: string[] | null;
      done: (saved: boolean) => void;
    }
  | { kind: "pick"; table: string; view: string; done: (ids: string[]) => void };

/** What the page lets a plugin do; looked up anew at every call. */
export interface PageOfPlugin {
  go: (table: string, view?: string) => void;
  show: (dialog: Dialog) => void;
  state(): { table: string; view: string; ticked: ReadonlySet<string>; mark: { recordId: string } | null };
  close: () => void;
  resize: (px: number) => void;
}

const SIZES = { small: 320, medium: 480, large: 720 } as const;
/** A toast of a plugin that says "loading" goes by itself, as in Feishu. */
const LOADING_S = 3;

/** What the page does for the plugin beside it. */
export function createHostUi(page: () => PageOfPlugin): HostUi {
  return {
    toast(type, message) {
      if (type === "loading") Toast.info({ content: message, duration: LOADING_S });
      else Toast[type](message);
    },
    selectRecords: (table, view) => new Promise((done) => page().show({ kind: "pick", table, view, done })),
    showTable: (table) => page().go(table),
    showView: (table, view) => page().go(table, view),
    showRecord: ({ tableId, recordId, fieldIds }) =>
      page().show({ kind: "record", table: tableId, record: recordId, fieldIds, done: () => undefined }),
    editCell: ({ tableId, recordId, fieldId }) =>
      new Promise((done) =>
        page().show({ kind: "record", table: tableId, record: recordId, fieldIds: [fieldId], done }),
      ),
    selectedRecords(table, view) {
      const { ticked, mark, ...shown } = page().state();
      if (shown.table !== table || shown.view !== view) return [];
      if (ticked.size > 0) return [...ticked];
      return mark ? [mark.recordId] : [];
    },
    close: () => page().close(),
    resize: (size) => page().resize(SIZES[size]),
  };
}
