import { Toast } from "@douyinfe/semi-ui";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./App.tsx";
import { openLive } from "./live.ts";
import "./style.css";

// The stream says when something is stale, so nothing is read again by itself.
const queries = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: 1, refetchOnWindowFocus: false } },
});
openLive(queries);
// Below the bar, whose clock people are just looking at.
Toast.config({ top: 52 });

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>,
  );
