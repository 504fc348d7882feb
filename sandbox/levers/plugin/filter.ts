import { conditionTest, joined } from "../../api/bitable/filter.ts";
import type { Condition, FilterContext, Test } from "../../api/bitable/filter.ts";
import { T } from "../../api/bitable/model.ts";
import type { Field, Row } from "../../api/bitable/model.ts";
import { cellString } from "./cell-string.ts";
import { PluginError, SDK } from "./errors.ts";
import type { SdkCondition, SdkFilter } from "./parameters.ts";
import { fieldOf } from "./visit.ts";
import type { Place } from "./visit.ts";

export function filterContext({ opened, table }: Place): FilterContext {
  const { kernel, base, idType } = opened;
  return { kernel, base, table, page: "rec search", idType };
}

/** A filter of the SDK as a test of rows. @throws field not found, or what the filter grammar does not allow */
export function filterTest(place: Place, filter: SdkFilter): Test {
  const tests = filter.conditions.flatMap((one) => testOf(place, one) ?? []);
  const groups = (filter.children ?? []).map((one) => filterTest(place, one));
  const all = [...tests, ...groups];
  return all.length === 0 ? () => true : joined(all, filter.conjunction);
}

/** null where the condition is not finished: without a value it filters nothing, as in the grid. */
function testOf(place: Place, condition: SdkCondition): Test | null {
  const field = fieldOf(place, condition.fieldId);
  const { operator } = condition;
  const lone = operator === "isEmpty" || operator === "isNotEmpty";
  if (!lone && (condition.value ?? null) === null) return null;
  if (BY_TEXT.has(field.type)) return textTest(place, field, operator, condition.value);
  return conditionTest(filterContext(place), field, openCondition(field, condition));
}

const DATES = new Set<number>([T.date, T.createdTime, T.modifiedTime]);

/** A condition in the Open API's terms: values as texts, instants as `ExactDate`. */
export function openCondition(field: Field, { operator, value }: SdkCondition): Condition {
  if (operator === "isEmpty" || operator === "isNotEmpty" || value === null || value === undefined)
    return { operator, value: [] };
  if (DATES.has(field.type) && typeof value === "number")
    return { operator, value: ["ExactDate", String(value)] };
  return { operator, value: (Array.isArray(value) ? value : [value]).map(String) };
}

/** The condition of a view as the SDK shows it. */
export function sdkValue(field: Field | undefined, value: string[]): unknown {
  if (!field || value.length === 0) return null;
  if (DATES.has(field.type)) return value[0] === "ExactDate" ? Number(value[1]) : value[0];
  if (field.type === T.number) return Number(value[0]);
  if (field.type === T.checkbox) return value[0] === "true";
  return ONE.has(field.type) ? value[0] : value;
}

const ONE = new Set<number>([T.text, T.phone, T.url, T.location, T.autoNumber]);

/** What the Open API cannot filter by, and numbering, which it compares as text only: compared as shown. */
const BY_TEXT = new Set<number>([T.location, T.formula, T.lookup, T.autoNumber]);

function textTest(place: Place, field: Field, operator: string, value: unknown): Test {
  const { kernel, base } = place.opened;
  const compare = COMPARE[operator];
  if (!compare)
    throw new PluginError(SDK.recordUnknown, `filter on ${field.name}: there is no operator ${operator}`);
  const wanted = String(Array.isArray(value) ? (value[0] ?? "") : (value ?? ""));
  const shown = (row: Row) => cellString({ kernel, tables: base.tables }, base, field, row);
  return (row) => compare(shown(row), wanted);
}

const COMPARE: Record<string, (shown: string, wanted: string) => boolean> = {
  is: (a, b) => a === b,
  isNot: (a, b) => a !== b,
  contains: (a, b) => a.includes(b),
  doesNotContain: (a, b) => !a.includes(b),
  isEmpty: (a) => a === "",
  isNotEmpty: (a) => a !== "",
  isGreater: (a, b) => a !== "" && Number(a) > Number(b),
  isGreaterEqual: (a, b) => a !== "" && Number(a) >= Number(b),
  isLess: (a, b) => a !== "" && Number(a) < Number(b),
  isLessEqual: (a, b) => a !== "" && Number(a) <= Number(b),
};
