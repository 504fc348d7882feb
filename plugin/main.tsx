import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { watchForLateHost } from "./bitable.ts";
import { startLanguage } from "./language.ts";
import "./ui/style.css";

watchForLateHost();
await startLanguage();
createRoot(document.getElementById("root")!).render(<App />);
