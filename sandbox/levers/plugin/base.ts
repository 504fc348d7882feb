import { z } from "zod";
import { raise } from "../../api/bitable/commit.ts";
import { createTable, deleteTables, tableName } from "../../api/bitable/table-core.ts";
import type { TableWork } from "../../api/bitable/table-core.ts";
import type { Opened } from "../../api/bitable/access.ts";
import { atLeast } from "../../api/drive/nodes.ts";
import { SDK } from "./errors.ts";
import { fieldSpec } from "./field-meta.ts";
import { fieldConfig, given } from "./parameters.ts";
import { allowed, permissionParams } from "./permission.ts";
import type { Methods, Visit } from "./types.ts";
import { openedOf, placeOf, tablesOf, toShape } from "./visit.ts";
import type { Place } from "./visit.ts";

const meta = ({ table }: Place) => ({ id: table.id, name: table.name, isSync: false });

const work = ({ kernel, base, actor }: Opened): TableWork => ({ kernel, base, actor, page: "table create" });

const OPERATIONS = ["editable", "manageable", "copyable", "printable"] as const;

/** What the person may do with the Base as a whole. A falsy `copyable` would make the SDK cancel copying in the plugin. */
function may({ opened }: Visit, operation: (typeof OPERATIONS)[number]): boolean {
  if (operation === "copyable" || operation === "printable") return true;
  return opened !== null && atLeast(opened.perm, operation === "editable" ? "edit" : "full_access");
}

export const baseMethods: Methods = {
  reads: {
    WidgetBase_getTableMetaList: (visit) => tablesOf(visit).map(meta),
    WidgetBase_getTableMetaById: (visit, [id]) => meta(placeOf(visit, id)),
    WidgetBase_isTableExist: (visit, [id]) => tablesOf(visit).some(({ table }) => table.id === id),
    WidgetBase_getTableIdByName: (visit, [name]) =>
      tablesOf(visit).find(({ table }) => table.name === name)?.table.id,
    WidgetTable_getName: (visit, _params, [id]) => placeOf(visit, id).table.name,
    WidgetTable_getMeta: (visit, _params, [id]) => meta(placeOf(visit, id)),
    WidgetBase_isEditable: (visit) => may(visit, "editable"),
    WidgetBase_getBasePermission: (visit, [type]) =>
      may(visit, given(z.enum(OPERATIONS), type, "getBasePermission")),
    WidgetBase_getPermission: (visit, [params]) => {
      const wanted = given(permissionParams, params, "getPermission");
      if (wanted.entity !== "Base") return allowed(visit, wanted);
      return may(visit, given(z.enum(OPERATIONS), wanted.type, "getPermission type"));
    },
  },
  writes: {
    WidgetBase_addTable: (visit, [config]) => {
      const opened = openedOf(visit);
      toShape(opened, SDK.tableDenied);
      const shape = z.looseObject({ name: z.string(), fields: z.array(fieldConfig).optional() });
      const { name, fields = [] } = given(shape, config, "addTable");
      const empty = { fields: [] } as unknown as Place["table"];
      const specs = fields.map((one) => fieldSpec(empty, one, null));
      const table = createTable(work(opened), { name, fields: specs });
      return { tableId: table.id, index: opened.base.tables.length - 1 };
    },
    WidgetBase_setTable: (visit, [id, config]) => {
      const { opened, table } = placeOf(visit, id);
      toShape(opened, SDK.tableDenied);
      const { name } = given(z.looseObject({ name: z.string() }), config, "setTable");
      table.name = tableName(work(opened), name, table);
      raise(opened.kernel, opened.base, table, opened.actor);
      return table.id;
    },
    WidgetBase_deleteTable: (visit, [id]) => {
      const { opened, table } = placeOf(visit, id);
      toShape(opened, SDK.tableDenied);
      deleteTables(work(opened), [table.id]);
      return true;
    },
  },
};
