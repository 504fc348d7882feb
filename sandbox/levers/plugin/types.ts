import type { Opened } from "../../api/bitable/access.ts";

/** What a call of a plugin acts with: the Base as the person sees it. */
export interface Visit {
  /** Opened with the right to read; `null` where the person has none. */
  opened: Opened | null;
  kernel: Opened["kernel"];
  base: Opened["base"];
  as: string;
  /** Address of this server, as the page sees it. */
  origin: string;
}

/** `undefined` where a method has no result. */
export type Method = (visit: Visit, params: unknown[], context: unknown[]) => unknown;

/** Methods of one kind, and which of them change something. */
export interface Methods {
  reads: Record<string, Method>;
  writes: Record<string, Method>;
}
