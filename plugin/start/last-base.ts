import { session } from "../storage.ts";

const BASE = "lectern.base";

/** The Base of last time: good enough to ask for while the host has not answered. */
export const lastBase = (): string | null => session.get(BASE);
export const keepBase = (base: string | null): void => session.set(BASE, base);
