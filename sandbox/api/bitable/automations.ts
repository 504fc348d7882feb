import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openBase } from "./access.ts";
import { refusal } from "./errors.ts";
import { paged } from "./page.ts";
import { SCOPES } from "./scopes.ts";
import { openForWrite } from "./writing.ts";
import { said } from "../given.ts";

const APP = "/open-apis/bitable/v1/apps/:app_token";
const PAGE_PARAMS = {
  type: "object",
  properties: { page_size: { type: "number" }, page_token: { type: "string" } },
};

/** Workflows can be listed and switched, not built (facts.md §4.11, §13.7). People make them, by lever. */
function listWorkflows(call: Call) {
  const { base } = openBase(call, "other", "view");
  const key = `workflows ${base.token}`;
  const { items, has_more, page_token } = paged(
    "other",
    base.workflows,
    call.query,
    { usual: 20, most: 100 },
    key,
    call.now(),
  );
  return { workflows: items, has_more, ...(page_token ? { page_token } : {}) };
}

async function switchWorkflow(call: Call) {
  const { base } = await openForWrite(call, "other", "edit");
  const workflow = base.workflows.find((one) => one.workflow_id === call.path["workflow_id"]);
  const status = said(call.body["status"]);
  if (!workflow || (status !== "Enable" && status !== "Disable")) {
    throw refusal("other", 1254001, `workflow ${call.path["workflow_id"]}, status ${status}`);
  }
  workflow.status = status;
  return {};
}

function listBlocks(call: Call) {
  const { base } = openBase(call, "other", "view");
  return {
    blocks: base.workflows.map(({ workflow_id, title }) => ({ block_id: workflow_id, name: title })),
    has_more: false,
  };
}

function listDashboards(call: Call) {
  const { base } = openBase(call, "other", "view");
  const key = `dashboards ${base.token}`;
  const { items, has_more, page_token } = paged(
    "other",
    base.dashboards,
    call.query,
    { usual: 20, most: 500 },
    key,
    call.now(),
  );
  return { dashboards: items, has_more, ...(page_token ? { page_token } : {}) };
}

async function copyDashboard(call: Call) {
  const { base } = await openForWrite(call, "other", "edit");
  const source = base.dashboards.find((one) => one.block_id === call.path["block_id"]);
  if (!source) throw refusal("other", 1254050, `block_id ${call.path["block_id"]}`);
  const copy = { block_id: call.id("blk"), name: said(call.body["name"]) };
  base.dashboards.push(copy);
  return copy;
}

export const automations = operations([
  {
    method: "GET",
    path: `${APP}/workflows`,
    scopes: SCOPES.readWorkflow,
    rate: { perSecond: 20 },
    handle: listWorkflows,
  },
  {
    method: "PUT",
    path: `${APP}/workflows/:workflow_id`,
    scopes: SCOPES.writeWorkflow,
    rate: { perSecond: 10 },
    handle: switchWorkflow,
  },
  {
    method: "GET",
    path: `${APP}/block_workflows`,
    scopes: SCOPES.readWorkflow,
    rate: { perMinute: 20 },
    schema: { params: PAGE_PARAMS },
    handle: listBlocks,
  },
  {
    method: "GET",
    path: `${APP}/dashboards`,
    scopes: SCOPES.readDashboard,
    rate: { perSecond: 20 },
    handle: listDashboards,
  },
  {
    method: "POST",
    path: `${APP}/dashboards/:block_id/copy`,
    scopes: SCOPES.copyDashboard,
    rate: { perSecond: 10 },
    handle: copyDashboard,
  },
]);
