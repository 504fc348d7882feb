import { oneOf, optionalText, record, text } from "./args.ts";
import { OPTION_COLORS } from "./colors.ts";
import type { Method } from "./session.ts";

const TOASTS = ["info", "success", "warning", "error", "loading"] as const;
const SIZES = ["small", "medium", "large"] as const;

/** Asks the server by the way: a table or view that is not there is refused with the SDK's own code. */
const showTable: Method = async ({ backend, ui }, [table]) => {
  await backend.call("WidgetTable_getName", [text(table, "tableId")]);
  ui.showTable(text(table, "tableId"));
  return true;
};

export const uiMethods: Record<string, Method> = {
  UI_showToast: ({ ui }, [given]) => {
    const toast = record(given, "showToast");
    ui.toast(oneOf(toast["toastType"] ?? "info", TOASTS, "toastType"), text(toast["message"], "message"));
    return true;
  },
  UI_selectRecordIdList: async ({ backend, ui }, [table, view]) => {
    await backend.call("WidgetView_getName", [table, view]);
    return ui.selectRecords(text(table, "tableId"), text(view, "viewId"));
  },
  UI_switchBlock: showTable,
  UI_switchToTable: showTable,
  UI_switchToView: async ({ backend, ui }, [table, view]) => {
    await backend.call("WidgetView_getName", [table, view]);
    ui.showView(text(table, "tableId"), text(view, "viewId"));
    return true;
  },
  UI_showRecordDetailDialog: async ({ backend, ui }, [given]) => {
    const place = record(given, "showRecordDetailDialog");
    const tableId = text(place["tableId"], "tableId");
    const recordId = text(place["recordId"], "recordId");
    await backend.call("WidgetTable_getRecordById", [tableId], recordId);
    const list = place["fieldIdList"];
    ui.showRecord({ tableId, recordId, fieldIds: Array.isArray(list) ? list.map(String) : null });
    return true;
  },
  UI_showFieldValueEditor: async ({ backend, ui }, [given]) => {
    const place = record(given, "showFieldValueEditor");
    const tableId = text(place["tableId"], "tableId");
    const recordId = text(place["recordId"], "recordId");
    const fieldId = text(place["fieldId"], "fieldId");
    await backend.call("WidgetTable_getCellValue", [tableId], fieldId, recordId);
    return ui.editCell({
      tableId,
      recordId,
      fieldId,
      viewId: optionalText(place["viewId"], "viewId") ?? "",
    });
  },
  UI_getSelectOptionColorInfoList: () => OPTION_COLORS,
  UI_closeHostContainer: ({ ui }) => {
    ui.close();
    return true;
  },
  UI_setHostContainerSize: ({ ui }, [size]) => {
    ui.resize(oneOf(size, SIZES, "size"));
    return true;
  },
};
