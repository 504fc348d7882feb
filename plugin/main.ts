import { firstTexts, likelyLanguage } from "./first-texts.ts";
import { callFirst } from "./start/first-call.ts";

// Small, so that it runs at once: the server works, and the texts come, while the browser reads the rest (vite.config.ts).
callFirst();
const language = likelyLanguage();
const texts = firstTexts(language);
const { draw } = await import("./draw.tsx");
draw(language, await texts);
