import { keepPreviousData, useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { get, mine, post } from "../api.ts";
import type { Page, Place, Row } from "./model.ts";

const PAGE = 200;

const pathOf = ({ person, token, table }: Place) => mine(person, `bases/${token}/tables/${table}/rows`);

/** Rows `first` to `last` of a view, read in pages as they come into sight, and read again when the Base changes. */
export function useRows(place: Place, first: number, last: number) {
  const pages = useMemo(() => {
    const from = Math.floor(Math.max(0, first) / PAGE);
    const to = Math.floor(Math.max(0, last) / PAGE);
    return Array.from({ length: to - from + 1 }, (_, at) => from + at);
  }, [first, last]);
  const results = useQueries({
    queries: [...new Set([0, ...pages])].map((page) => ({
      queryKey: ["rows", place.token, place.person, place.table, place.view, page],
      queryFn: () =>
        get<Page>(`${pathOf(place)}?view=${place.view}&offset=${page * PAGE}&limit=${PAGE}`).then((read) => ({
          ...read,
          page,
        })),
    })),
  });
  const head = results[0];
  const byPage = new Map(results.flatMap(({ data }) => (data ? [[data.page, data] as const] : [])));
  return {
    head: head as { data?: Page; isPending: boolean; error: Error | null; refetch: () => unknown },
    rowAt: (at: number): Row | undefined => byPage.get(Math.floor(at / PAGE))?.rows[at % PAGE],
  };
}

/** One record with its fields. */
export function useRecord(place: Place, record: string) {
  return useQuery({
    queryKey: ["rows", place.token, place.person, place.table, "record", record],
    queryFn: () => get<Omit<Page, "rows" | "total"> & { row: Row | null }>(`${pathOf(place)}/${record}`),
    placeholderData: keepPreviousData,
  });
}

/** Records of a table that fit the words, to choose from. */
export function useChoices(place: Omit<Place, "view">, words: string) {
  return useQuery({
    queryKey: ["rows", place.token, place.person, place.table, "choices", words],
    queryFn: () =>
      get<Page>(`${pathOf({ ...place, view: "" })}?limit=100&words=${encodeURIComponent(words)}`),
    placeholderData: keepPreviousData,
  });
}

type Act =
  | { create: { fields: Record<string, unknown> }[] }
  | { update: { record_id: string; fields: Record<string, unknown> }[] }
  | { delete: string[] }
  | { do: "form.submit"; form: string; fields: Record<string, unknown> };

/** Writes by the person's hand; resolves when the page shows what was written. */
export function useAct(place: Omit<Place, "view">) {
  const queries = useQueryClient();
  return async (act: Act): Promise<{ record_ids?: string[] }> => {
    const done = await post<{ record_ids?: string[] }>("/act", {
      as: place.person,
      base: place.token,
      table: place.table,
      ...act,
    });
    await queries.invalidateQueries({ queryKey: ["rows", place.token] });
    return done;
  };
}
