/** wiki/v2 get_node: what stands behind a wiki link (facts.md §4). Nodes are made by a lever, as people make them. */
import { atLeast, drive, nodeOf, permissionOf, whoOf } from "./drive/nodes.ts";
import { type ApiModule, type Call, FeishuError, operations, slice } from "../kernel.ts";
import { str } from "./text.ts";

export interface WikiNode {
  node_token: string;
  space_id: string;
  obj_token: string;
  created: number;
}

export const wikiNodes = slice<Record<string, WikiNode>>("wiki", () => ({}));

/** By the wiki's own token, or by the object's when `obj_type` names its kind. */
function find(call: Call): WikiNode | undefined {
  const token = str(call.query.token);
  const type = str(call.query.obj_type);
  const nodes = wikiNodes(call.state);
  if (!type || type === "wiki") return nodes[token];
  return Object.values(nodes).find(
    (node) => node.obj_token === token && drive(call.state).nodes[token]?.type === type,
  );
}

function getNode(call: Call): unknown {
  const found = find(call);
  const object = found ? nodeOf(call.state, found.obj_token) : null;
  if (!found || !object) throw new FeishuError(131005, 400, `not found: node ${str(call.query.token)}`);
  if (!atLeast(permissionOf(call, object, whoOf(call)), "view"))
    throw new FeishuError(
      131006,
      400,
      "permission denied: node permission denied, tenant needs read permission",
    );
  const created = String(Math.floor(found.created / 1000));
  return {
    node: {
      space_id: found.space_id,
      node_token: found.node_token,
      obj_token: found.obj_token,
      obj_type: object.type,
      parent_node_token: "",
      node_type: "origin",
      origin_node_token: found.node_token,
      origin_space_id: found.space_id,
      has_child: false,
      title: object.name,
      obj_create_time: created,
      obj_edit_time: String(Math.floor(object.modifiedAt / 1000)),
      node_create_time: created,
    },
  };
}

export const wiki: ApiModule = {
  name: "wiki",
  operations: operations([
    {
      method: "GET",
      path: "/open-apis/wiki/v2/spaces/get_node",
      scopes: ["wiki:node:read", "wiki:wiki", "wiki:wiki:readonly"],
      rate: { perMinute: 100 },
      handle: getNode,
    },
  ]),
};
