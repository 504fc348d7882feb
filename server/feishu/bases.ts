import { z } from "zod";
import { ConflictError } from "../errors.ts";
import { app, table, created, field, view, form, formField, role, roleMember } from "./bases-shapes.ts";
import type {
  BaseApp,
  BaseTable,
  FieldSpec,
  BaseField,
  ViewType,
  BaseView,
  ViewPatch,
  FormPatch,
  BaseForm,
  FormFieldPatch,
  FormField,
  RoleSpec,
  BaseRole,
  RoleMemberIdType,
  RoleMember,
} from "./bases-shapes.ts";
import type { Client } from "./client.ts";
import type { Once } from "./once.ts";
import type { OperationName } from "./operations.ts";
import { collect } from "./paging.ts";
import { anything, list } from "./parts.ts";
import type { TableRef } from "./records.ts";
import { clientTokenFor } from "./tokens.ts";

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
