import { text } from "./args.ts";
import type { Method } from "./session.ts";
import { filesOf, startUpload, uploadAll } from "./uploads.ts";

/** Methods of the Base that only the page can answer: the mark, ticked rows, files. */
export const baseMethods: Record<string, Method> = {
  WidgetBase_getSelection: ({ selection }) => ({ ...selection }),
  WidgetBase_batchUploadFile: (session, [files]) => uploadAll(session, filesOf(files)),
  WidgetBase_uploadFile: (session, [files]) => startUpload(session, filesOf(files)),
  WidgetView_getSelectedRecordIdList: async ({ backend, ui }, _params, context) => {
    const [table, view] = context;
    // The server knows whether there is such a view for this person.
    await backend.call("WidgetView_getName", context);
    return ui.selectedRecords(text(table, "tableId"), text(view, "viewId"));
  },
};
