import { useCallback, useState } from "react";
import { useMe } from "../me.ts";
import { lasting } from "../storage.ts";

/**
 * What a person is typing, kept on this device until it is sent: it survives a reload, a closed sidebar and a dropped
 * connection. `key` names the form and what it is about (`prepare:recX`). `clear` after it was really sent.
 */
export function useDraft<T>(key: string, initial: T): [value: T, set: (value: T) => void, clear: () => void] {
  const { person, workspace } = useMe();
  // By person: two people may use one machine.
  const place = `lectern.draft:${workspace.id}:${person}:${key}`;
  const [held, hold] = useState(() => ({ place, value: readDraft(place, initial) }));
  const value = held.place === place ? held.value : readDraft(place, initial);
  if (held.place !== place) hold({ place, value });
  const set = useCallback(
    (next: T) => {
      lasting.set(place, JSON.stringify(next));
      hold({ place, value: next });
    },
    [place],
  );
  const clear = useCallback(() => {
    lasting.set(place, null);
    hold({ place, value: initial });
  }, [place, initial]);
  return [value, set, clear];
}

function readDraft<T>(place: string, initial: T): T {
  const text = lasting.get(place);
  try {
    return text === null ? initial : (JSON.parse(text) as T);
  } catch {
    return initial;
  }
}
