import { readChanged } from "#server/services/base/read-changed.ts";
import { defineAutomation } from "./define.ts";

/** Someone changed records: they are read again, for the event is only a hint. */
export const baseChanged = defineAutomation({
  id: "base.changed",
  on: { event: ["drive.file.bitable_record_changed_v1"] },
  async run(ctx, trigger) {
    if (trigger.on === "event") return readChanged(ctx, trigger.event);
  },
});
