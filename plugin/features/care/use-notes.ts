import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api.ts";

/** Care notes for this manager, newest first. */
export const useNotes = () => useQuery({ queryKey: ["care"], queryFn: () => answer(api.care.$get()) });
