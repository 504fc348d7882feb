import { useSyncExternalStore } from "react";

/** Whether the page is narrower than so many px, live. */
export function useNarrow(px: number): boolean {
  return useSyncExternalStore(
    (changed) => {
      const query = window.matchMedia(`(max-width: ${px}px)`);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => window.matchMedia(`(max-width: ${px}px)`).matches,
  );
}
