import { fieldsChanged } from "#server/services/base/fields-changed.ts";
import { defineAutomation } from "./define.ts";

/** Somebody renamed, added or deleted fields of a Base. */
export const followFields = defineAutomation({
  id: "base.fields",
  on: { event: ["drive.file.bitable_field_changed_v1"] },
  async run(ctx, trigger) {
    if (trigger.on === "event") return fieldsChanged(ctx, trigger.event);
  },
});
