import { anyTables, tableKeys } from "./index.ts";
import { type BaseMapping, tableMappingOf } from "./mapping.ts";
import type { Field, Names, Role, Table } from "./table.ts";

export const roleNames: Record<Role, Names> = {
  lecturer: { zh: "讲台·讲师", en: "Lectern lecturer" },
  manager: { zh: "讲台·主管", en: "Lectern manager" },
};

/** table_perm: 0 none, 1 read, 2 edit (facts.md §4.11). */
const READ = 1;
const EDIT = 2;

export interface WireRole {
  role_name: string;
  table_roles: Record<string, unknown>[];
}

/** The person field that says whose row it is, for the tables where lecturers edit their own rows. */
export const ownerFields: Readonly<Record<string, string>> = {
  lecturers: "person",
  sessions: "account",
  materials: "author",
};

/**
 * A role of the shared Base with advanced permissions. Which rows are one's own cannot be said through the role API except
 * as "made by the visitor" (facts.md §4.11), so that rule is set where it fits (素材库) and left to the admin elsewhere.
 */
export function wireRole(mapping: BaseMapping, role: Role): WireRole {
  const shared = tableKeys.filter((key) => anyTables[key].base === "shared");
  return {
    role_name: roleNames[role][mapping.language],
    table_roles: shared.map((key) => tableRole(mapping, key, anyTables[key], role)),
  };
}

function tableRole(mapping: BaseMapping, key: (typeof tableKeys)[number], table: Table, role: Role) {
  const place = tableMappingOf(mapping, key);
  const access = table.access[role];
  const named = { table_id: place.tableId, table_name: place.name };
  if (access === "none") return { ...named, table_perm: 0 };
  const fields = Object.entries(table.fields).filter(([field]) => place.fields[field]);
  const hidden = fields.some(([, field]) => field.hiddenFrom?.includes(role));
  if (access === "read" && !hidden) return { ...named, table_perm: READ };
  const field_perm = Object.fromEntries(
    fields
      .map(
        ([field, definition]) =>
          [place.fields[field]?.name ?? field, permOf(definition, access, role)] as const,
      )
      .filter(([, perm]) => perm > 0),
  );
  if (access === "read") return { ...named, table_perm: READ, field_perm };
  const may = access === "add-and-edit-own";
  return {
    ...named,
    table_perm: EDIT,
    field_perm,
    allow_add_record: may,
    allow_delete_record: false,
    ...(may ? { rec_rule: { conditions: [{ field_name: "" }], conjunction: "and", other_perm: READ } } : {}),
  };
}

function permOf(field: Field, access: Table["access"]["lecturer"], role: Role): number {
  if (field.hiddenFrom?.includes(role)) return 0;
  return access !== "read" && field.self ? EDIT : READ;
}
