import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import type { Me } from "#server/services/people/who-am-i.ts";
import { answer, api, CallError } from "../api.ts";
import { isFramed } from "../framed.ts";
import { nameBase } from "../send.ts";
import { onTokens } from "../tokens.ts";
import { meIn, signedInNow } from "./early.ts";
import { lastBase } from "./last-base.ts";
import { useHost } from "./use-host.ts";

/** Before this the sidebar has nothing to show; each has a screen with one thing to do. */
export type Start =
  | { at: "outside" | "silent" | "waiting" | "noServer" | "signedOut" | "notSetUp" | "noPermission" }
  | { at: "ready"; me: Me };

const tokensChanged = (changed: () => void) => onTokens(changed);
/** What was answered before the host had named its Base holds if it is that Base's workspace. */
function useEarly(base: string | null) {
  const client = useQueryClient();
  const early = client.getQueryState<Me>(["me", null]);
  const place = early?.data?.workspace;
  const same = base !== null && place !== undefined && [place.shared, place.admin].includes(base);
  return same ? { initialData: early?.data, initialDataUpdatedAt: early?.dataUpdatedAt } : {};
}

/** Where the start stands. Host and server are asked at the same time, the Base of last time standing in meanwhile. */
export function useStart(): Start {
  const framed = isFramed();
  const { host, silent } = useHost();
  const signedIn = useSyncExternalStore(tokensChanged, signedInNow) !== null;
  const client = useQueryClient();
  const base = host ? host.base : lastBase();
  nameBase(base);
  const me = useQuery({ ...meIn(base), ...useEarly(base), enabled: framed && signedIn });
  const server = useQuery({
    queryKey: ["server"],
    queryFn: () => answer(api["sign-in"].$get()),
    enabled: framed && !signedIn,
  });
  useEffect(() => {
    // What was read as one person is not shown to the next.
    if (!signedIn) client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "server" });
  }, [signedIn, client]);
  if (!framed) return { at: "outside" };
  if (silent) return { at: "silent" };
  if (!signedIn)
    return server.isError ? { at: "noServer" } : { at: host && server.data ? "signedOut" : "waiting" };
  if (me.data) return { at: "ready", me: me.data };
  // Somebody of several workspaces: which one is meant is known from the host.
  if (!host && base === null) return { at: "waiting" };
  return me.isError ? { at: placeOf(me.error) } : { at: "waiting" };
}

function placeOf(error: Error): "noServer" | "signedOut" | "notSetUp" | "noPermission" {
  const code = error instanceof CallError ? error.code : "";
  if (code === "not_set_up") return "notSetUp";
  if (code === "signed_out") return "signedOut";
  return code === "no_role" ? "noPermission" : "noServer";
}
