import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { atLeast, createNode, nodeOf, permissionOf, urlOf, whoOf } from "../drive/nodes.ts";
import { openBase } from "./access.ts";
import { checkedTimeZone, copyBase, createBase } from "./app-core.ts";
import { raise } from "./commit.ts";
import { refusal } from "./errors.ts";
import type { Page } from "./errors.ts";
import { SCOPES } from "./scopes.ts";
import { openForWrite } from "./writing.ts";
import { said } from "../given.ts";

const APPS = "/open-apis/bitable/v1/apps";

/** With a tenant token the folder must be the app's own or shared with it (facts.md §4.2). */
function checkedFolder(call: Call, page: Page): string {
  const token = said(call.body["folder_token"]);
  if (token === "") return "";
  const folder = nodeOf(call.state, token);
  if (!folder || folder.type !== "folder") throw refusal(page, 1254702, `folder_token ${token}`);
  if (!atLeast(permissionOf(call, folder, whoOf(call)), "edit"))
    throw refusal(page, 1254701, `folder_token ${token}`);
  return token;
}

function checkedName(call: Call, page: Page): string {
  const name = said(call.body["name"]).trim();
  if (name.length > 255) throw refusal(page, 1254031, `${name.length} characters`);
  return name;
}

function create(call: Call) {
  const page: Page = "app create";
  const spec = {
    name: checkedName(call, page),
    folder: checkedFolder(call, page),
    owner: whoOf(call),
    actor: call.actor,
  };
  const base = createBase(call, page, { ...spec, timeZone: call.body["time_zone"] as string | undefined });
  return {
    app: {
      app_token: base.token,
      name: base.name,
      folder_token: base.folder,
      url: urlOf(call, { type: "bitable", token: base.token }),
      default_table_id: base.tables[0]?.id,
      time_zone: base.timeZone,
    },
  };
}

function get(call: Call) {
  const { base } = openBase(call, "app get", "view");
  return {
    app: {
      app_token: base.token,
      name: base.name,
      revision: base.revision,
      is_advanced: base.advanced,
      time_zone: base.timeZone,
      formula_type: 1,
      advance_version: "v2",
    },
  };
}

async function update(call: Call) {
  const page: Page = "app update";
  const wanted = call.body["is_advanced"];
  const { base, node, actor } = await openForWrite(call, page, wanted === undefined ? "edit" : "manage");
  if (call.body["name"] !== undefined) {
    const name = checkedName(call, page);
    if (name === "") throw refusal(page, 1254031, "name is empty");
    base.name = name;
    node.name = name;
  }
  if (typeof wanted === "boolean" && wanted !== base.advanced) {
    base.advanced = wanted;
    // It takes effect late, as reads do.
    base.advancedAt = call.now() + call.switches.readLagMs;
  }
  raise(call, base, null, actor);
  return { app: { app_token: base.token, name: base.name, is_advanced: base.advanced } };
}

function copy(call: Call) {
  const page: Page = "app copy";
  const { base, who } = openBase(call, page, "view");
  const folder = checkedFolder(call, page);
  const zone = call.body["time_zone"] as string | undefined;
  const token = call.id("bas", 24);
  const made = copyBase(call, base, token, {
    name: checkedName(call, page),
    folder,
    timeZone: zone === undefined ? undefined : checkedTimeZone(page, zone),
    withoutContent: call.body["without_content"] === true,
  });
  createNode(call, { token, type: "bitable", name: made.name, parent: folder, owner: who });
  return {
    app: {
      app_token: token,
      name: made.name,
      folder_token: folder,
      url: urlOf(call, { type: "bitable", token }),
      time_zone: made.timeZone,
    },
  };
}

export const apps = operations([
  { method: "POST", path: APPS, scopes: SCOPES.createApp, rate: { perMinute: 20 }, handle: create },
  { method: "GET", path: `${APPS}/:app_token`, scopes: SCOPES.readApp, rate: { perSecond: 20 }, handle: get },
  {
    method: "PUT",
    path: `${APPS}/:app_token`,
    scopes: SCOPES.updateApp,
    rate: { perSecond: 10 },
    handle: update,
  },
  {
    method: "POST",
    path: `${APPS}/:app_token/copy`,
    scopes: SCOPES.copyApp,
    rate: { perMinute: 20 },
    handle: copy,
  },
]);
