import type { Kernel } from "../../kernel.ts";
import { inDepartment } from "../drive/nodes.ts";
import type { Who } from "../drive/nodes.ts";
import type { Base, Role, Row, Table } from "./model.ts";
import { T, fieldByName } from "./model.ts";
import { chatOf } from "./people.ts";

export interface Rights {
  read: boolean;
  edit: boolean;
  add: boolean;
  remove: boolean;
  /** Rows the visitor sees; null = all. */
  sees: ((row: Row) => boolean) | null;
  /** Rows the visitor may change; null = all. */
  changes: ((row: Row) => boolean) | null;
  /** Ids of hidden fields and of fields that may not be changed. */
  hidden: ReadonlySet<string>;
  fixed: ReadonlySet<string>;
  /** Fields that may not be filled in a new record either. */
  unfillable: ReadonlySet<string>;
}

const NOTHING: ReadonlySet<string> = new Set();

export function openRights(edit: boolean): Rights {
  return {
    read: true,
    edit,
    add: edit,
    remove: edit,
    sees: null,
    changes: null,
    hidden: NOTHING,
    fixed: NOTHING,
    unfillable: NOTHING,
  };
}

interface TableRole {
  table_id?: string;
  table_name?: string;
  table_perm?: number;
  rec_rule?: { conditions?: Condition[]; conjunction?: string; other_perm?: number } | null;
  other_rec_rule?: { conditions?: Condition[]; conjunction?: string } | null;
  field_perm?: Record<string, number> | null;
  allow_add_record?: boolean;
  allow_delete_record?: boolean;
}

interface Condition {
  field_name?: string;
  operator?: string;
  value?: string[];
}

/** Rights under advanced permissions: the best role of the visitor; without a role, nothing (and no error: facts.md §4.8). */
export function rightsIn(kernel: Kernel, base: Base, table: Table, who: Who): Rights {
  const none = { ...openRights(false), read: false };
  let best = none;
  for (const role of base.roles) {
    if (!isMember(kernel, role, who)) continue;
    const rights = fromRole(table, role, who);
    if (weight(rights) > weight(best)) best = rights;
  }
  return best;
}

const weight = (rights: Rights): number => (rights.edit ? 2 : 0) + (rights.read ? 1 : 0);

function isMember(kernel: Kernel, role: Role, who: Who): boolean {
  return role.members.some((member) => {
    if (member.kind === "user") return who.kind === "user" && member.id === who.openId;
    if (member.kind === "department")
      return who.kind === "user" && inDepartment(kernel, who.openId, member.id);
    const chat = chatOf(kernel, member.id);
    return who.kind === "user" ? !!chat?.members.includes(who.openId) : !!chat?.bots.includes(who.appId);
  });
}

/** table_perm: 0 none, 1 read, 2 edit, 4 manage (facts.md §4.11). */
function fromRole(table: Table, role: Role, who: Who): Rights {
  const all = (role.body["table_roles"] ?? []) as TableRole[];
  const mine = all.find(
    (one) => one.table_id === table.id || (!one.table_id && one.table_name === table.name),
  );
  const perm = mine?.table_perm ?? 0;
  if (!mine || perm === 0) return { ...openRights(false), read: false };
  const edit = perm >= 2;
  const rule = ruleOf(table, mine.rec_rule, who);
  const other = ruleOf(table, mine.other_rec_rule, who);
  // Rows outside the rule: readable with other_perm 1, else by other_rec_rule only.
  const bounded = rule && !(edit && mine.rec_rule?.other_perm === 1);
  return {
    read: true,
    edit,
    add: edit && mine.allow_add_record !== false,
    remove: edit && mine.allow_delete_record !== false,
    sees: bounded ? (row) => rule(row) || (other?.(row) ?? false) : null,
    changes: rule,
    hidden: fieldsBelow(table, mine.field_perm, 1, true),
    unfillable: fieldsBelow(table, mine.field_perm, 2),
    fixed: fieldsBelow(table, mine.field_perm, 3),
  };
}

/** field_perm: 1 read, 2 add, 3 edit; a field not named has none. The primary field is always seen. */
function fieldsBelow(
  table: Table,
  perms: Record<string, number> | null | undefined,
  least: number,
  sparePrimary = false,
): ReadonlySet<string> {
  if (!perms) return NOTHING;
  const below = table.fields.filter(
    (field) => (perms[field.name] ?? 0) < least && !(sparePrimary && field.primary),
  );
  return new Set(below.map((field) => field.id));
}

function ruleOf(table: Table, rule: TableRole["rec_rule"], who: Who): ((row: Row) => boolean) | null {
  return rule?.conditions?.length ? rowRule(table, rule.conditions, rule.conjunction, who) : null;
}

/** "The creator is the visitor" is the empty field name; a person field `is`/`contains` the visitor when no value is given. */
function rowRule(
  table: Table,
  conditions: Condition[],
  conjunction: string | undefined,
  who: Who,
): (row: Row) => boolean {
  const visitor = who.kind === "user" ? who.openId : "";
  const tests = conditions.map((condition) => {
    if (!condition.field_name) return (row: Row) => row.createdBy === visitor;
    const field = fieldByName(table, condition.field_name);
    return (row: Row): boolean => {
      const cell = field ? row.cells[field.id] : undefined;
      if (condition.operator === "isEmpty") return cell === undefined;
      if (condition.operator === "isNotEmpty") return cell !== undefined;
      const values =
        field?.type === T.user && !condition.value?.length
          ? [visitor]
          : optionIds(field?.property.options, condition.value);
      const held = Array.isArray(cell) ? cell : [cell];
      const found = values.some((value) => held.includes(value));
      return condition.operator === "isNot" || condition.operator === "doesNotContain" ? !found : found;
    };
  });
  return conjunction === "or"
    ? (row) => tests.some((test) => test(row))
    : (row) => tests.every((test) => test(row));
}

function optionIds(
  options: { id: string; name: string }[] | undefined,
  names: string[] | undefined,
): string[] {
  return (names ?? []).map((name) => options?.find((option) => option.name === name)?.id ?? name);
}
