const text = { type: "string" };
const free = { type: "object", additionalProperties: true };
const OPERATORS = ["is", "isNot", "contains", "doesNotContain", "isEmpty", "isNotEmpty"];
const condition = {
  type: "object",
  properties: {
    field_name: text,
    operator: { type: "string", enum: OPERATORS },
    value: { type: "array", items: text },
  },
};
const rule = {
  type: "object",
  properties: {
    conditions: { type: "array", items: condition },
    conjunction: { type: "string", enum: ["and", "or"] },
    other_perm: { type: "integer", enum: [0, 1] },
  },
};

/** Body of base/v2 roles (facts.md §4.11): the contract file has only the old path. */
export const ROLE_BODY = {
  type: "object",
  properties: {
    role_name: text,
    table_roles: {
      type: "array",
      items: {
        type: "object",
        properties: {
          table_id: text,
          table_name: text,
          table_perm: { type: "integer", enum: [0, 1, 2, 4] },
          rec_rule: rule,
          other_rec_rule: rule,
          field_perm: free,
          allow_add_record: { type: "boolean" },
          allow_delete_record: { type: "boolean" },
          view_perm: { type: "integer" },
          view_rules: free,
          field_action_rules: free,
        },
        required: ["table_perm"],
      },
    },
    block_roles: {
      type: "array",
      items: {
        type: "object",
        properties: { block_id: text, block_perm: { type: "integer" }, block_type: text },
        required: ["block_id", "block_perm"],
      },
    },
    base_rule: free,
  },
  required: ["role_name", "table_roles"],
};
