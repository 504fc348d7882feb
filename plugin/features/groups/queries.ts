import { useQuery } from "@tanstack/react-query";
import { answer, api } from "../../api.ts";

export const useGroups = () => useQuery({ queryKey: ["groups"], queryFn: () => answer(api.groups.$get()) });
export const useChats = () => useQuery({ queryKey: ["chats"], queryFn: () => answer(api.chats.$get()) });
