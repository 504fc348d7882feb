import type { Kernel } from "../../kernel.ts";
import { READ_ONLY } from "./model.ts";
import type { FormMeta, Table } from "./model.ts";

/** A new form asks for every field that can be written. */
export function newForm(kernel: Kernel, table: Table, name: string): FormMeta {
  const writable = table.fields.filter((field) => !READ_ONLY.has(field.type));
  return {
    name,
    description: "",
    shared: false,
    shared_limit: "off",
    submit_limit_once: false,
    sharedToken: kernel.id("shr", 20),
    fields: writable.map((field) => ({
      field_id: field.id,
      title: field.name,
      description: "",
      required: false,
      visible: true,
    })),
  };
}
