/** The stream of changes, shared by the whole page. */
import { useSyncExternalStore } from "react";
import type { QueryClient } from "@tanstack/react-query";

export interface Live {
  /** ms; 0 before the first word of the sandbox. */
  now: number;
  running: boolean;
  connected: boolean;
}

interface Marks {
  messages: number;
  calendar: number;
  documents: number;
  bases: Record<string, number>;
}

let live: Live = { now: 0, running: false, connected: true };
let marks: Marks | null = null;
const listeners = new Set<() => void>();

function show(next: Live): void {
  live = next;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export const useLive = (): Live => useSyncExternalStore(subscribe, () => live);

/** Real ms in which a kind of thing is read at most once: while the clock runs fast, everything moves all the time. */
const PAUSE_MS = 300;
const resting = new Set<string>();
const wanted = new Set<string>();

/** Reads a kind of thing again: now, or when its pause is over. */
function again(queries: QueryClient, key: string): void {
  if (resting.has(key)) return void wanted.add(key);
  resting.add(key);
  void queries.invalidateQueries({ queryKey: key.split(" ") });
  setTimeout(() => {
    resting.delete(key);
    if (wanted.delete(key)) again(queries, key);
  }, PAUSE_MS);
}

/** Reads again what has moved. */
function refresh(queries: QueryClient, next: Marks): void {
  const old = marks;
  marks = next;
  if (!old) return;
  const moved = [
    ...(["messages", "calendar", "documents"] as const).filter((kind) => old[kind] !== next[kind]),
    ...Object.keys(next.bases)
      .filter((token) => old.bases[token] !== next.bases[token])
      .flatMap((token) => ["bases", `rows ${token}`]),
    // Sharing moves with the documents.
    ...(old.documents === next.documents ? [] : ["bases"]),
  ];
  for (const key of new Set(moved)) again(queries, key);
}

/** Opens the stream; the browser reopens it by itself when the sandbox was away. */
export function openLive(queries: QueryClient): void {
  const source = new EventSource("/sandbox/stream");
  source.onmessage = (message: MessageEvent<string>) => {
    const state = JSON.parse(message.data) as { now: number; running: boolean; marks: Marks };
    const back = !live.connected;
    show({ now: state.now, running: state.running, connected: true });
    if (back) void queries.invalidateQueries();
    refresh(queries, state.marks);
  };
  source.onerror = () => show({ ...live, connected: false });
}
