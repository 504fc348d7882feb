import { createContext, useContext } from "react";
import type { Me } from "#server/services/people/who-am-i.ts";

export const MeContext = createContext<Me | null>(null);

/** Who is signed in, and in which workspace. For screens only: before that there is nobody. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error("useMe outside a screen");
  return me;
}
