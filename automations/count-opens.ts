import { countOpens } from "#server/services/materials/count-opens.ts";
import { defineAutomation } from "./define.ts";

/** Somebody opened a material in the last quarter of an hour. */
export const countOpenedMaterials = defineAutomation({
  id: "opens.count",
  on: { wake: true },
  run: (ctx) => countOpens(ctx),
});
