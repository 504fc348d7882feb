import { anyTables, tableKeys } from "#base/index.ts";
import type { BaseMapping, TableMapping } from "#base/mapping.ts";
import type { Field, Language } from "#base/table.ts";

/** A workspace as provisioning would remember it, with readable ids: `fld.sessions.state`, `opt.sessions.state.open`. */
export function sampleMapping(language: Language = "zh"): BaseMapping {
  const table = (key: (typeof tableKeys)[number]): TableMapping => ({
    tableId: `tbl.${key}`,
    name: anyTables[key].names[language],
    views: {},
    fields: Object.fromEntries(
      Object.entries(anyTables[key].fields).map(([name, field]) => [
        name,
        fieldOf(`${key}.${name}`, field, language),
      ]),
    ),
  });
  return {
    appToken: "bascnShared",
    adminAppToken: "bascnAdmin",
    language,
    timezone: "Asia/Shanghai",
    tables: Object.fromEntries(tableKeys.map((key) => [key, table(key)])),
  };
}

function fieldOf(path: string, field: Field, language: Language) {
  const place = { id: `fld.${path}`, name: field[language] };
  if (!("options" in field)) return place;
  const options = field.options.map((option) => {
    const id = `opt.${path}.${option.key}`;
    return [field.kind === "openSelect" ? id : option.key, { id, name: option[language] }];
  });
  return { ...place, options: Object.fromEntries(options) };
}
