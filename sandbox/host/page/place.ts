import { useCallback, useSyncExternalStore } from "react";

const subscribe = (changed: () => void) => {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
};

/** The place in the page's address, `#/base/TOKEN/TABLE`, and the way to another one. */
export function usePlace(): { place: string[]; go: (...place: string[]) => void } {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  const place = (hash.replace(/^#\/?/, "").split("?")[0] ?? "").split("/").filter((part) => part !== "");
  const go = useCallback((...to: string[]) => {
    location.hash = `#/${to.join("/")}`;
  }, []);
  return { place, go };
}

/** A value of the address after the place: `#/base/…?record=…`. */
export function placeQuery(name: string): string | null {
  return new URLSearchParams(location.hash.split("?")[1] ?? "").get(name);
}
