import { useSyncExternalStore } from "react";

type Notice = { text: string; kind: "done" | "failed"; id: number };

const SHOWN_MS = 6000;
let shown: Notice | null = null;
let count = 0;
const listeners = new Set<() => void>();

function show(notice: Notice | null): void {
  shown = notice;
  for (const listener of listeners) listener();
}

/** A short word about what was just done, read out by screen readers; goes away by itself. */
export function notice(text: string, kind: "done" | "failed" = "done"): void {
  count += 1;
  const mine = { text, kind, id: count };
  show(mine);
  setTimeout(() => shown === mine && show(null), SHOWN_MS);
}

function listen(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

/** Where notices appear; once in the page. */
export function Notices() {
  const current = useSyncExternalStore(listen, () => shown);
  return (
    <output className="notices" aria-live="polite">
      {current && (
        <span key={current.id} className={`notice notice-${current.kind}`}>
          {current.text}
        </span>
      )}
    </output>
  );
}
