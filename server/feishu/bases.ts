import { z } from "zod";
import { ConflictError } from "../errors.ts";
import type { Client } from "./client.ts";
import type { Once } from "./once.ts";
import type { OperationName } from "./operations.ts";
import { collect } from "./paging.ts";
import { anything, list, numeric, optional, text } from "./parts.ts";
import type { TableRef } from "./records.ts";
import { clientTokenFor } from "./tokens.ts";

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

const PAGE = 100;
// As many roles as a Base can have (facts.md §4.5).
const ROLE_PAGE = 30;
const DATA_NOT_CHANGED = 1254606;

const app = z
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

const table = z
  .object({ table_id: z.string(), name: z.string(), revision: numeric })
  .transform((raw): BaseTable => ({ tableId: raw.table_id, name: raw.name, revision: raw.revision }));

const created = z
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

const field = z
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

const view = z
  .object({ view_id: z.string(), view_name: z.string(), view_type: z.string() })
  .transform((raw): BaseView => ({ viewId: raw.view_id, name: raw.view_name, type: raw.view_type }));

const form = z
  .object({
    name: text,
    description: text,
    shared: optional(z.boolean()),
    shared_limit: optional(z.enum(["off", "tenant_editable", "anyone_editable"])),
    submit_limit_once: optional(z.boolean()),
    shared_url: text,
  })
  .transform(({ shared_url, ...raw }): BaseForm => ({ ...raw, sharedUrl: shared_url }));

const formField = z
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

const role = z
  .object({
    role_id: z.string(),
    role_name: z.string(),
    table_roles: list(z.record(z.string(), z.unknown())),
    block_roles: optional(z.array(z.record(z.string(), z.unknown()))),
    base_rule: optional(z.record(z.string(), z.unknown())),
  })
  .transform((raw): BaseRole => raw);

const roleMember = z
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

const pathOf = (ref: TableRef) => ({ app_token: ref.appToken, table_id: ref.tableId });

function structure(client: Client) {
  const all = <T extends z.ZodType>(
    name: OperationName,
    path: Record<string, string>,
    item: T,
    size = PAGE,
  ) =>
    collect(
      client,
      name,
      { path, query: { page_size: size } },
      z.object({ items: list(item) }),
      (page) => page.items,
    );
  return {
    listTables: (appToken: string) => all("bases.listTables", { app_token: appToken }, table),
    listFields: (ref: TableRef) => all("bases.listFields", pathOf(ref), field),
    listViews: (ref: TableRef) => all("bases.listViews", pathOf(ref), view),
    listFormFields: (ref: TableRef, formId: string) =>
      all("bases.listFormFields", { ...pathOf(ref), form_id: formId }, formField),
    listRoles: (appToken: string) => all("bases.listRoles", { app_token: appToken }, role, ROLE_PAGE),
    listRoleMembers: (appToken: string, roleId: string) =>
      all("bases.listRoleMembers", { app_token: appToken, role_id: roleId }, roleMember),
  };
}

export function createBases(client: Client): Bases {
  return {
    ...structure(client),
    async createApp({ name, folderToken, timeZone }) {
      const body = { name, folder_token: folderToken, time_zone: timeZone };
      return (await client.call("bases.createApp", { body }, z.object({ app }))).app;
    },
    async getApp(appToken) {
      return (await client.call("bases.getApp", { path: { app_token: appToken } }, z.object({ app }))).app;
    },
    async updateApp(appToken, { name, isAdvanced }) {
      const body = { name, is_advanced: isAdvanced };
      await client.call("bases.updateApp", { path: { app_token: appToken }, body }, anything);
    },
    createTable(appToken, { name, defaultViewName, fields }) {
      const body = { table: { name, default_view_name: defaultViewName, fields } };
      return client.call("bases.createTable", { path: { app_token: appToken }, body }, created);
    },
    async createField(ref, spec, once) {
      const query = { client_token: clientTokenFor(once.key) };
      const request = { path: pathOf(ref), query, body: { ...spec }, since: once.since };
      return (await client.call("bases.createField", request, z.object({ field }))).field;
    },
    async updateField(ref, fieldId, spec) {
      const request = { path: { ...pathOf(ref), field_id: fieldId }, body: { ...spec } };
      try {
        return (await client.call("bases.updateField", request, z.object({ field }))).field;
      } catch (error) {
        if (error instanceof ConflictError && error.feishuCode === DATA_NOT_CHANGED) return null;
        throw error;
      }
    },
    async createView(ref, { name, type }) {
      const request = { path: pathOf(ref), body: { view_name: name, view_type: type } };
      return (await client.call("bases.createView", request, z.object({ view }))).view;
    },
    async patchView(ref, viewId, patch) {
      const request = { path: { ...pathOf(ref), view_id: viewId }, body: { ...patch } };
      await client.call("bases.patchView", request, anything);
    },
    async getForm(ref, formId) {
      const path = { ...pathOf(ref), form_id: formId };
      return (await client.call("bases.getForm", { path }, z.object({ form }))).form;
    },
    async patchForm(ref, formId, patch) {
      const request = { path: { ...pathOf(ref), form_id: formId }, body: { ...patch } };
      return (await client.call("bases.patchForm", request, z.object({ form }))).form;
    },
    async patchFormField(ref, formId, fieldId, patch) {
      const path = { ...pathOf(ref), form_id: formId, field_id: fieldId };
      await client.call("bases.patchFormField", { path, body: { ...patch } }, anything);
    },
    async createRole(appToken, spec) {
      const request = { path: { app_token: appToken }, body: { ...spec } };
      return (await client.call("bases.createRole", request, z.object({ role }))).role;
    },
    async addRoleMember(appToken, roleId, memberId, memberIdType = "open_id") {
      const path = { app_token: appToken, role_id: roleId };
      const request = { path, query: { member_id_type: memberIdType }, body: { member_id: memberId } };
      await client.call("bases.addRoleMember", request, anything);
    },
  };
}
