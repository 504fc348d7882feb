import { QueryClient } from "@tanstack/react-query";
import { CallError } from "./api.ts";

/** Refusals are final; a server that was not reached may be reached a moment later. */
const worthAgain = (count: number, error: Error) =>
  count < 2 && !(error instanceof CallError && error.status >= 400 && error.status < 500);

export const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: worthAgain, refetchOnWindowFocus: true },
    mutations: { retry: false },
  },
});
