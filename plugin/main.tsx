import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { watchForLateHost } from "./bitable.ts";
import { startLanguage } from "./language.ts";
import { startEarly } from "./start/early.ts";
import "./ui/style.css";

watchForLateHost();
void startEarly();
await startLanguage();
createRoot(document.getElementById("root")!).render(<App />);
