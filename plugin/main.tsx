import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { watchForHost } from "./bitable.ts";
import { startLanguage } from "./language.ts";
import { askEarly } from "./start/use-start.ts";
import "./ui/style.css";

watchForHost();
askEarly();
await startLanguage();
createRoot(document.getElementById("root")!).render(<App />);
