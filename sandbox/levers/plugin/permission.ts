import { z } from "zod";
import { READ_ONLY, fieldById } from "../../api/bitable/model.ts";
import type { Visit } from "./types.ts";
import { mayShape, tablesOf } from "./visit.ts";
import type { Place } from "./visit.ts";

const id = z.string().nullish();
export const permissionParams = z.looseObject({
  entity: z.enum(["Base", "Table", "View", "Record", "Field", "Cell"]),
  type: z.enum([
    "visible",
    "editable",
    "addable",
    "deletable",
    "copyable",
    "movable",
    "printable",
    "manageable",
    "submittable",
  ]),
  param: z.looseObject({ tableId: id, viewId: id, recordId: id, fieldId: id }).nullish(),
});
export type PermissionParams = z.infer<typeof permissionParams>;
type Param = NonNullable<PermissionParams["param"]>;

/** Whether the person may do `type` with a table, view, record, field or cell; what they do not see, they may not touch. */
export function allowed(visit: Visit, { entity, type, param }: PermissionParams): boolean {
  const opened = visit.opened;
  if (!opened) return false;
  const of = param ?? {};
  if (entity === "Table" && !of.tableId) return type === "addable" && mayShape(opened);
  const place = tablesOf(visit).find(({ table }) => table.id === of.tableId);
  if (!place) return false;
  if (type === "visible" || type === "copyable") return sees(place, of);
  return sees(place, of) && MAY[entity](place, type, of);
}

function sees({ table, rights }: Place, { viewId, recordId, fieldId }: Param): boolean {
  const row = recordId ? table.rows[recordId] : undefined;
  if (recordId && (!row || rights.sees?.(row) === false)) return false;
  if (fieldId && (!fieldById(table, fieldId) || rights.hidden.has(fieldId))) return false;
  return !viewId || table.views.some((view) => view.id === viewId);
}

function changes({ table, rights }: Place, recordId: string | null | undefined): boolean {
  if (!rights.edit) return false;
  const row = recordId ? table.rows[recordId] : undefined;
  return !row || rights.changes?.(row) !== false;
}

type May = (place: Place, type: PermissionParams["type"], of: Param) => boolean;

const shape: May = ({ opened }) => mayShape(opened);

const MAY: Record<PermissionParams["entity"], May> = {
  Base: () => false,
  // Under advanced permissions `Table` + `editable` is false by design: Record and Field say more.
  Table: shape,
  View: shape,
  Record: (place, type, { recordId }) => {
    if (type === "addable") return place.rights.add;
    if (type === "deletable") return place.rights.remove && changes(place, recordId);
    return changes(place, recordId);
  },
  Field: (place, type, { fieldId }) => {
    if (type === "editable" || type === "submittable")
      return place.rights.edit && !(fieldId && place.rights.fixed.has(fieldId));
    return mayShape(place.opened);
  },
  Cell: (place, _type, { fieldId, recordId }) => {
    const field = fieldId ? fieldById(place.table, fieldId) : undefined;
    const fixed = field !== undefined && (READ_ONLY.has(field.type) || place.rights.fixed.has(field.id));
    return !fixed && changes(place, recordId);
  },
};
