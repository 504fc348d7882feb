/** What every part of the page looks at: who acts, language, theme, settings, the place shown. */
import { createContext, useContext } from "react";
import type { Language, Words } from "./words.ts";

export type Part = "admin" | "lecturer" | "manager" | "learner";
export type Theme = "light" | "dark";

export interface Person {
  open_id: string;
  name: string;
  en_name: string;
  department: string;
  job_title: string;
  part: Part;
}

export interface Settings {
  plugin: string | null;
  tenant_key: string;
  apps: { app_id: string; name: string }[];
}

export interface World {
  person: Person;
  people: Person[];
  settings: Settings;
  language: Language;
  theme: Theme;
  words: Words;
  /** Parts of the address after `#/`. */
  place: string[];
  go: (...place: string[]) => void;
}

const context = createContext<World | null>(null);
export const WorldProvider = context.Provider;

export function useWorld(): World {
  const world = useContext(context);
  if (!world) throw new Error("useWorld outside WorldProvider");
  return world;
}
