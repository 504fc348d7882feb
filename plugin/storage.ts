/** In a frame the browser may refuse storage altogether; then the page remembers for as long as it is open. */
function keeper(kind: "sessionStorage" | "localStorage") {
  const memory = new Map<string, string>();
  return {
    get(key: string): string | null {
      try {
        return globalThis[kind].getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set(key: string, value: string | null): void {
      if (value === null) memory.delete(key);
      else memory.set(key, value);
      try {
        if (value === null) globalThis[kind].removeItem(key);
        else globalThis[kind].setItem(key, value);
      } catch {
        // Refused or full: memory has it.
      }
    },
  };
}

/** As long as the window: tokens and what is known of the host. */
export const session = keeper("sessionStorage");
/** Beyond that: drafts, whose keys name the signed-in person (ui/use-draft.ts). */
export const lasting = keeper("localStorage");
