import type { Test } from "../../api/bitable/filter.ts";
import { formulaTest } from "../../api/bitable/formula-filter.ts";
import type { Row, View } from "../../api/bitable/model.ts";
import { rowList } from "../../api/bitable/rows.ts";
import { viewTest } from "../../api/bitable/search-filter.ts";
import { sorted, sortRules } from "../../api/bitable/sort.ts";
import { seenBy, settingsOf } from "../../api/bitable/view-look.ts";
import type { SortRule } from "../../api/bitable/sort.ts";
import { atMost, PluginError, SDK } from "./errors.ts";
import { filterContext, filterTest } from "./filter.ts";
import type { SdkFilter, SdkSort } from "./parameters.ts";
import { fieldOf, viewOf } from "./visit.ts";
import type { Place } from "./visit.ts";

/** Which rows in which order; a view counts only without filter and sort, as the SDK's types say. */
export interface Wish {
  filter?: SdkFilter | null | undefined;
  sort?: SdkSort | null | undefined;
  viewId?: string | null | undefined;
}

export function wishedRows(place: Place, { filter, sort, viewId }: Wish): readonly Row[] {
  const plain = !filter && !sort?.length;
  if (plain && viewId) return viewRows(place, seen(place, viewId));
  const rows = chosen(place, filter ? filterTest(place, filter) : null, rules(place, sort ?? []));
  return sort?.length ? rows : newestFirst(rows);
}

/** The order of creation turned round: what the SDK's documentation names as the order without a sort. */
function newestFirst(rows: readonly Row[]): Row[] {
  return rows.toReversed().toSorted((a, b) => b.createdAt - a.createdAt);
}

const seen = (place: Place, viewId: string): View =>
  seenBy(place.opened.kernel, place.opened.actor, viewOf(place, viewId));

/** Rows of a view (as `seenBy` gives it) in its order, as far as the person sees them. */
export function viewRows(place: Place, view: View, filter?: SdkFilter | null, sort?: SdkSort | null) {
  const own = viewTest(filterContext(place), view);
  const more = filter ? filterTest(place, filter) : null;
  const test: Test = (row) => (own?.(row) ?? true) && (more?.(row) ?? true);
  const order = sort?.length ? rules(place, sort) : sortRules(place.table, settingsOf(view).sort);
  return chosen(place, test, order);
}

/** The deprecated form: filter a formula, sort a JSON list of `"字段 DESC"`. */
export function rowsByFormula(place: Place, filter: string, sort: string, viewId: string): readonly Row[] {
  if (filter === "" && sort === "" && viewId !== "") return viewRows(place, seen(place, viewId));
  const test = filter === "" ? null : formulaTest(filterContext(place), filter);
  return chosen(place, test, sort === "" ? [] : oldSort(sort));
}

function oldSort(text: string): SortRule[] {
  let list: unknown;
  try {
    list = JSON.parse(text);
  } catch {
    list = null;
  }
  if (!Array.isArray(list))
    throw new PluginError(
      SDK.recordUnknown,
      `sort: expected ["字段 DESC", …] as JSON, got ${text.slice(0, 80)}`,
    );
  return list.map((one) => {
    const match = /^(.*?)\s+(ASC|DESC)$/iu.exec(String(one).trim());
    return { field_name: match?.[1] ?? String(one).trim(), desc: match?.[2]?.toUpperCase() === "DESC" };
  });
}

/** @throws field not found */
function rules(place: Place, sort: SdkSort): SortRule[] {
  for (const { fieldId } of sort) fieldOf(place, fieldId);
  return sortRules(place.table, sort);
}

function chosen(place: Place, test: Test | null, sort: SortRule[]): readonly Row[] {
  const { sees } = place.rights;
  let rows = rowList(place.table);
  if (sees) rows = rows.filter(sees);
  if (test) rows = rows.filter(test);
  return sort.length > 0 ? sorted(filterContext(place), rows, sort) : rows;
}

const PAGE = 200;

export interface PageOf<T> {
  total: number;
  hasMore: boolean;
  pageToken?: number;
  items: T[];
}

/** One page: the token is the number of items before the next one, left out on the last page. */
export function paged<T>(
  list: readonly T[],
  { pageSize, pageToken }: { pageSize?: number | null | undefined; pageToken?: number | null | undefined },
): PageOf<T> {
  const size = pageSize ?? PAGE;
  atMost(size, "records");
  const from = pageToken ?? 0;
  const end = from + size;
  const hasMore = end < list.length;
  return {
    total: list.length,
    hasMore,
    items: list.slice(from, end),
    ...(hasMore ? { pageToken: end } : {}),
  };
}
