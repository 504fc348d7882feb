/** In a frame the browser may refuse storage altogether; then the page remembers for as long as it is open. */
function keeper(kind: "sessionStorage" | "localStorage", owner: () => string) {
  const memory = new Map<string, string>();
  return {
    get(name: string): string | null {
      const key = owner() + name;
      try {
        return globalThis[kind].getItem(key) ?? memory.get(key) ?? null;
      } catch {
        return memory.get(key) ?? null;
      }
    },
    set(name: string, value: string | null): void {
      const key = owner() + name;
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

let person = "";
/** Two who share a computer must not find each other's drafts. */
export function keepFor(whom: string): void {
  person = whom;
}

/** As long as the window: tokens and what is known of the host. */
export const session = keeper("sessionStorage", () => "");
/** Beyond that, each person's own: drafts. */
export const lasting = keeper("localStorage", () => (person === "" ? "" : `${person} `));
