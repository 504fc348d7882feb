import { refusal } from "./errors.ts";
import { conditionTest, joined } from "./filter.ts";
import type { Condition, FilterContext, Test } from "./filter.ts";
import { fieldById, fieldByName } from "./model.ts";
import type { View } from "./model.ts";

export interface SearchFilter {
  conjunction?: string;
  conditions?: (Partial<Condition> & { field_name?: string })[];
  children?: SearchFilter[];
}

/** Whether the filter says anything: only then is `view_id` ignored. */
export function isSaid(filter: SearchFilter | undefined): filter is SearchFilter {
  return !!filter && ((filter.conditions?.length ?? 0) > 0 || (filter.children?.length ?? 0) > 0);
}

/** The search filter of facts.md §4.8. @throws 1254107 over 2000 characters, 1254018 for grammar, 1254045 for names. */
export function searchTest(context: FilterContext, filter: SearchFilter): Test {
  if (JSON.stringify(filter).length > 2000) throw refusal(context.page, 1254107);
  const count = { conditions: 0 };
  const test = group(context, filter, 0, count);
  if (count.conditions > 50)
    throw refusal(context.page, 1254018, `${count.conditions} conditions, at most 50`);
  return test;
}

function group(
  context: FilterContext,
  filter: SearchFilter,
  depth: number,
  count: { conditions: number },
): Test {
  const { conjunction, conditions = [], children = [] } = filter;
  if (conjunction !== "and" && conjunction !== "or")
    throw refusal(context.page, 1254018, "conjunction must be and or or");
  if (depth > 0 && children.length > 0)
    throw refusal(context.page, 1254018, "children allow one nested level");
  count.conditions += conditions.length;
  const tests = conditions.map((condition) => {
    const field = fieldByName(context.table, condition.field_name ?? "");
    if (!field) throw refusal(context.page, 1254045, `filter field ${condition.field_name}`);
    return conditionTest(context, field, { operator: condition.operator ?? "", value: condition.value });
  });
  tests.push(...children.filter(isSaid).map((child) => group(context, child, depth + 1, count)));
  return joined(tests, conjunction);
}

/** The filter kept in a view: fields by id, the value as JSON text, select values as option ids (facts.md §4.11). */
export function viewTest(context: FilterContext, view: View): Test | null {
  if (!view.filter || view.filter.conditions.length === 0) return null;
  const tests = view.filter.conditions.flatMap((condition) => {
    const field = fieldById(context.table, condition.field_id);
    // A field that was deleted takes its condition along.
    return field
      ? [conditionTest(context, field, { operator: condition.operator, value: viewValue(condition.value) })]
      : [];
  });
  return joined(tests, view.filter.conjunction);
}

export function viewValue(value: string | null): string[] {
  if (value === null || value === "") return [];
  const parsed: unknown = JSON.parse(value);
  return (Array.isArray(parsed) ? parsed : [parsed]).map(String);
}
