import type { Once } from "./once.ts";
import type { TableRef } from "./records.ts";

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

export interface RoleMember {
  memberId: string;
  name?: string;
  type?: string;
}

/** The structure of a Base: tables, fields, views, forms, roles. */
export interface Bases {
  createApp(app: { name: string; folderToken?: string; timeZone?: string }): Promise<BaseApp>;
  getApp(appToken: string): Promise<BaseApp>;
  updateApp(appToken: string, change: { name?: string; isAdvanced?: boolean }): Promise<void>;
  listTables(appToken: string): Promise<BaseTable[]>;
  createTable(
    appToken: string,
    table: { name: string; defaultViewName?: string; fields?: FieldSpec[] },
  ): Promise<{ tableId: string; defaultViewId?: string; fieldIds?: string[] }>;
  listFields(table: TableRef): Promise<BaseField[]>;
  createField(table: TableRef, field: FieldSpec, once: Once): Promise<BaseField>;
  /** Replaces the whole definition: options left out vanish with their values. An unchanged definition is no error. */
  updateField(table: TableRef, fieldId: string, field: FieldSpec): Promise<BaseField | null>;
  listViews(table: TableRef): Promise<BaseView[]>;
  createView(table: TableRef, view: { name: string; type: ViewType }): Promise<BaseView>;
  patchView(table: TableRef, viewId: string, patch: ViewPatch): Promise<void>;
  getForm(table: TableRef, formId: string): Promise<BaseForm>;
  patchForm(table: TableRef, formId: string, patch: FormPatch): Promise<BaseForm>;
  listFormFields(table: TableRef, formId: string): Promise<FormField[]>;
  patchFormField(table: TableRef, formId: string, fieldId: string, patch: FormFieldPatch): Promise<void>;
  listRoles(appToken: string): Promise<BaseRole[]>;
  createRole(appToken: string, role: RoleSpec): Promise<BaseRole>;
  listRoleMembers(appToken: string, roleId: string): Promise<RoleMember[]>;
  addRoleMember(
    appToken: string,
    roleId: string,
    memberId: string,
    memberIdType?: RoleMemberIdType,
  ): Promise<void>;
}
