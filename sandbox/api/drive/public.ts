import { operations } from "../../kernel.ts";
import type { Call } from "../../kernel.ts";
import { openForPermissions } from "./members.ts";
import type { Public } from "./nodes.ts";
import { SCOPES } from "./scopes.ts";

const V1 = "/open-apis/drive/v1/permissions/:token/public";
const V2 = "/open-apis/drive/v2/permissions/:token/public";
const rate = { perMinute: 100 };
const one = (...values: string[]) => ({ type: "string", enum: values });

/** v2 is not in the contract file (facts.md §5.5): described by hand. */
const V2_PARAMS = { type: "object", properties: { type: { type: "string" } }, required: ["type"] };
const V2_BODY = {
  type: "object",
  properties: {
    external_access_entity: one("open", "closed", "allow_share_partner_tenant"),
    security_entity: one("anyone_can_view", "anyone_can_edit", "only_full_access"),
    comment_entity: one("anyone_can_view", "anyone_can_edit"),
    share_entity: one("anyone", "same_tenant"),
    manage_collaborator_entity: one(
      "collaborator_can_view",
      "collaborator_can_edit",
      "collaborator_full_access",
    ),
    link_share_entity: one(
      "tenant_readable",
      "tenant_editable",
      "partner_tenant_readable",
      "partner_tenant_editable",
      "anyone_readable",
      "anyone_editable",
      "closed",
    ),
    copy_entity: one("anyone_can_view", "anyone_can_edit", "only_full_access"),
  },
  "x-optional": true,
};

const V1_KEYS = [
  "external_access",
  "security_entity",
  "comment_entity",
  "share_entity",
  "link_share_entity",
  "invite_external",
  "lock_switch",
] as const;
const V2_KEYS = [
  "external_access_entity",
  "security_entity",
  "comment_entity",
  "share_entity",
  "manage_collaborator_entity",
  "link_share_entity",
  "copy_entity",
  "lock_switch",
] as const;

function shown(settings: Public, keys: readonly (keyof Public)[]) {
  return { permission_public: Object.fromEntries(keys.map((key) => [key, settings[key]])) };
}

const get = (keys: readonly (keyof Public)[]) => (call: Call) =>
  shown(openForPermissions(call, "view").public, keys);

const patch = (keys: readonly (keyof Public)[]) => (call: Call) => {
  const node = openForPermissions(call, "full_access");
  Object.assign(node.public, call.body);
  return shown(node.public, keys);
};

export const publicSettings = operations([
  { method: "GET", path: V1, scopes: SCOPES.publicRead, rate, handle: get(V1_KEYS) },
  { method: "PATCH", path: V1, scopes: SCOPES.publicWrite, rate, handle: patch(V1_KEYS) },
  {
    method: "GET",
    path: V2,
    scopes: SCOPES.publicRead,
    rate,
    schema: { params: V2_PARAMS },
    handle: get(V2_KEYS),
  },
  {
    method: "PATCH",
    path: V2,
    scopes: SCOPES.publicWrite,
    rate,
    schema: { params: V2_PARAMS, data: V2_BODY },
    handle: patch(V2_KEYS),
  },
]);
