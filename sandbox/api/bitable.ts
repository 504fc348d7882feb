import type { ApiModule } from "../kernel.ts";
import { copyIntoNode } from "./bitable/app-core.ts";
import { apps } from "./bitable/apps.ts";
import { automations } from "./bitable/automations.ts";
import { fields } from "./bitable/fields.ts";
import { forms } from "./bitable/forms.ts";
import { recordReads } from "./bitable/record-reads.ts";
import { recordWrites } from "./bitable/record-writes.ts";
import { roleMembers } from "./bitable/role-members.ts";
import { roles } from "./bitable/roles.ts";
import { tables } from "./bitable/tables.ts";
import { views } from "./bitable/views.ts";
import { setCopier } from "./drive/nodes.ts";

/** Base (多维表格): facts.md §4. */
export const bitableModule: ApiModule = {
  name: "bitable",
  operations: [
    ...apps,
    ...tables,
    ...fields,
    ...recordReads,
    ...recordWrites,
    ...views,
    ...forms,
    ...roles,
    ...roleMembers,
    ...automations,
  ],
  setup: () => setCopier("bitable", copyIntoNode),
};
