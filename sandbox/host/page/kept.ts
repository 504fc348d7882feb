import { useCallback, useState } from "react";

/** What this browser keeps; a private window that keeps nothing is fine too. */
export function read(key: string): string | null {
  try {
    return localStorage.getItem(`sandbox.${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`sandbox.${key}`, value);
  } catch {
    // Nothing is lost but the habit.
  }
}

/** State that outlives a reload. */
export function useKept<T extends string>(key: string, initial: T): [T, (value: T) => void] {
  const [value, setValue] = useState<T>((read(key) as T | null) ?? initial);
  const set = useCallback(
    (next: T) => {
      keep(key, next);
      setValue(next);
    },
    [key],
  );
  return [value, set];
}
