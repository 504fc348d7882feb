import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { watchForLateHost } from "./bitable.ts";
import type { Language, Texts } from "./first-texts.ts";
import { startLanguage } from "./language.ts";
import { startEarly } from "./start/early.ts";
import "./ui/style.css";

/** The sidebar, in the language whose texts are at hand. */
export function draw(language: Language, texts: Texts): void {
  watchForLateHost();
  startLanguage(language, texts);
  void startEarly();
  createRoot(document.getElementById("root")!).render(<App />);
}
