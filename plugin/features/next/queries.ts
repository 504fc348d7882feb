import { answer, api } from "../../api.ts";

/** The turns ahead, and what colleagues ask. */
export const turnsQuery = { queryKey: ["turns"] as const, queryFn: () => answer(api.turns.$get()) };

/** Sessions one may volunteer for. */
export const openQuery = { queryKey: ["open"] as const, queryFn: () => answer(api.turns.open.$get()) };
