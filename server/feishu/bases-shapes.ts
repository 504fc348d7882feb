import { z } from "zod";
import { list, numeric, optional, text } from "./parts.ts";

export interface BaseApp {
  appToken: string;
  name: string;
  revision?: number;
  isAdvanced?: boolean;
  timeZone?: string;
  url?: string;
  defaultTableId?: string;
}

export interface BaseTable {
  tableId: string;
  name: string;
  /** Grows with every change of the table: the cheap way to see what changed (decisions.md 7). */
  revision: number;
}

/** A field as Feishu writes and reads it (facts.md §4.4). */
export interface FieldSpec {
  field_name: string;
  type: number;
  ui_type?: string;
  property?: Record<string, unknown> | null;
  description?: { text: string; disable_sync?: boolean };
}

export interface BaseField extends FieldSpec {
  field_id: string;
  is_primary?: boolean;
  is_hidden?: boolean;
}

export type ViewType = "grid" | "kanban" | "gallery" | "gantt" | "form";

export interface BaseView {
  viewId: string;
  name: string;
  type: string;
}

export interface ViewPatch {
  view_name?: string;
  property?: {
    /** Keyed by field_id, `value` is JSON in a string (facts.md §4.11). */
    filter_info?: {
      conjunction: "and" | "or";
      conditions: { field_id: string; operator: string; value?: string }[];
    } | null;
    hidden_fields?: string[] | null;
    hierarchy_config?: { field_id: string };
  };
}

export interface FormPatch {
  name?: string;
  description?: string;
  shared?: boolean;
  shared_limit?: "off" | "tenant_editable" | "anyone_editable";
  submit_limit_once?: boolean;
}

export interface BaseForm extends FormPatch {
  sharedUrl?: string;
}

export interface FormFieldPatch {
  pre_field_id?: string;
  title?: string;
  description?: string;
  required?: boolean;
  visible?: boolean;
}

export interface FormField {
  fieldId: string;
  title: string;
  description?: string;
  required: boolean;
  visible: boolean;
}

/** A role of a Base with advanced permissions, in the form of base/v2 (facts.md §4.11). */
export interface RoleSpec {
  role_name: string;
  table_roles: Record<string, unknown>[];
  block_roles?: Record<string, unknown>[];
  base_rule?: Record<string, unknown>;
}

export interface BaseRole extends RoleSpec {
  role_id: string;
}

export type RoleMemberIdType =
  | "open_id"
  | "union_id"
  | "user_id"
  | "chat_id"
  | "department_id"
  | "open_department_id";

/** One of the ids is given, by what the member is. */
export interface RoleMember {
  type?: string;
  name?: string;
  openId?: string;
  chatId?: string;
  openDepartmentId?: string;
}

export const app = z
  .object({
    app_token: z.string(),
    name: text,
    revision: optional(z.number()),
    is_advanced: optional(z.boolean()),
    time_zone: text,
    url: text,
    default_table_id: text,
  })
  .transform((raw): BaseApp => ({
    appToken: raw.app_token,
    name: raw.name ?? "",
    revision: raw.revision,
    isAdvanced: raw.is_advanced,
    timeZone: raw.time_zone,
    url: raw.url,
    defaultTableId: raw.default_table_id,
  }));

export const table = z
  .object({ table_id: z.string(), name: z.string(), revision: numeric })
  .transform((raw): BaseTable => ({ tableId: raw.table_id, name: raw.name, revision: raw.revision }));

export const created = z
  .object({ table_id: z.string(), default_view_id: text, field_id_list: optional(z.array(z.string())) })
  .transform((raw) => ({
    tableId: raw.table_id,
    defaultViewId: raw.default_view_id,
    fieldIds: raw.field_id_list,
  }));

// A description is read as text, but written as an object.
const description = z
  .union([z.string(), z.object({ text: z.string().nullish(), disable_sync: z.boolean().nullish() })])
  .nullish()
  .transform((raw) => {
    const words = typeof raw === "string" ? raw : raw?.text;
    return words ? { text: words } : undefined;
  });

export const field = z
  .object({
    field_id: z.string(),
    field_name: z.string(),
    type: z.number(),
    ui_type: text,
    property: z.record(z.string(), z.unknown()).nullish(),
    description,
    is_primary: optional(z.boolean()),
    is_hidden: optional(z.boolean()),
  })
  .transform((raw): BaseField => raw);

export const view = z
  .object({ view_id: z.string(), view_name: z.string(), view_type: z.string() })
  .transform((raw): BaseView => ({ viewId: raw.view_id, name: raw.view_name, type: raw.view_type }));

export const form = z
  .object({
    name: text,
    description: text,
    shared: optional(z.boolean()),
    shared_limit: optional(z.enum(["off", "tenant_editable", "anyone_editable"])),
    submit_limit_once: optional(z.boolean()),
    shared_url: text,
  })
  .transform(({ shared_url, ...raw }): BaseForm => ({ ...raw, sharedUrl: shared_url }));

export const formField = z
  .object({
    field_id: z.string(),
    title: text,
    description: text,
    required: optional(z.boolean()),
    visible: optional(z.boolean()),
  })
  .transform((raw): FormField => ({
    fieldId: raw.field_id,
    title: raw.title ?? "",
    description: raw.description,
    required: raw.required ?? false,
    visible: raw.visible ?? true,
  }));

export const role = z
  .object({
    role_id: z.string(),
    role_name: z.string(),
    table_roles: list(z.record(z.string(), z.unknown())),
    block_roles: optional(z.array(z.record(z.string(), z.unknown()))),
    base_rule: optional(z.record(z.string(), z.unknown())),
  })
  .transform((raw): BaseRole => raw);

export const roleMember = z
  .object({
    member_type: text,
    member_name: text,
    open_id: text,
    chat_id: text,
    open_department_id: text,
  })
  .transform((raw): RoleMember => ({
    type: raw.member_type,
    name: raw.member_name,
    openId: raw.open_id,
    chatId: raw.chat_id,
    openDepartmentId: raw.open_department_id,
  }));
