import { QueryClientProvider } from "@tanstack/react-query";
import { MeContext } from "./me.ts";
import { queries } from "./queries.ts";
import { Shell } from "./Shell.tsx";
import { Start } from "./start/Start.tsx";
import { useStart } from "./start/use-start.ts";
import { Caught } from "./ui/Caught.tsx";
import { Notices } from "./ui/notice.tsx";

export function App() {
  return (
    <QueryClientProvider client={queries}>
      <Caught>
        <Sidebar />
      </Caught>
      <Notices />
    </QueryClientProvider>
  );
}

function Sidebar() {
  const start = useStart();
  if (start.at !== "ready") return <Start at={start.at} />;
  return (
    <MeContext.Provider value={start.me}>
      <Shell />
    </MeContext.Provider>
  );
}
