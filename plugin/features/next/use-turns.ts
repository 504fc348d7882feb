import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api.ts";

/** The turns ahead, and what colleagues ask. */
export const useTurns = () => useQuery({ queryKey: ["turns"], queryFn: () => answer(api.turns.$get()) });
