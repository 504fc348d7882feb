import { readFileSync } from "node:fs";

export type Schema = { [key: string]: unknown };

/** What the official request schemas say of an operation. */
export interface Contract {
  sdk?: string;
  tokens?: ("tenant" | "user")[];
  path?: Schema;
  params?: Schema;
  data?: Schema;
}

let loaded: Record<string, Contract> | null = null;

/** The contract of `METHOD /path/:param`, from the official schemas; null when the file does not know it. */
export function contractOf(method: string, path: string): Contract | null {
  loaded ??= read();
  return loaded[`${method} ${path}`] ?? null;
}

function read(): Record<string, Contract> {
  const text = readFileSync(new URL("./openapi-requests.json", import.meta.url), "utf8");
  return (JSON.parse(text) as { operations: Record<string, Contract> }).operations;
}
