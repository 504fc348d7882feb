const OPERATORS = [
  "is",
  "isNot",
  "contains",
  "doesNotContain",
  "isEmpty",
  "isNotEmpty",
  "isGreater",
  "isGreaterEqual",
  "isLess",
  "isLessEqual",
  "like",
  "in",
];

const conditions = {
  type: "array",
  items: {
    type: "object",
    properties: {
      field_name: { type: "string" },
      operator: { type: "string", enum: OPERATORS },
      value: { type: "array", items: { type: "string" } },
    },
    required: ["field_name", "operator"],
  },
};
const conjunction = { type: "string", enum: ["and", "or"] };

/** The search body of the contract file, with `children`, which the file leaves out (facts.md §4.8). */
export const SEARCH_BODY = {
  type: "object",
  properties: {
    view_id: { type: "string" },
    field_names: { type: "array", items: { type: "string" } },
    sort: {
      type: "array",
      items: { type: "object", properties: { field_name: { type: "string" }, desc: { type: "boolean" } } },
    },
    filter: {
      type: "object",
      properties: {
        conjunction,
        conditions,
        children: {
          type: "array",
          items: { type: "object", properties: { conjunction, conditions } },
        },
      },
    },
    automatic_fields: { type: "boolean" },
  },
  "x-optional": true,
};
