/**
 * How a write is made once. `key` is the effect's key, from which Feishu's own token is derived (tokens.ts); `since` is when
 * it was first sent (ms; default now), because the window of that token counts from there.
 */
export interface Once {
  key: string;
  since?: number;
}
