import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

interface Graph {
  getModuleInfo(id: string): { importedIds: readonly string[] } | null;
}
const reached = new Map<string, Set<string>>();

/** Everything that a file of the plugin cannot do without. */
function reach(file: string, graph: Graph): Set<string> {
  const known = reached.get(file);
  if (known) return known;
  const all = new Set([join(import.meta.dirname, file)]);
  for (const id of all) for (const next of graph.getModuleInfo(id)?.importedIds ?? []) all.add(next);
  reached.set(file, all);
  return all;
}

/** The first call and what draws its answer are a file each: many small ones cost a slow machine a request each. */
const groups = [
  {
    name: (id: string, graph: Graph) => (reach("start/first-call.ts", graph).has(id) ? "call" : null),
    priority: 1,
  },
  { name: (id: string, graph: Graph) => (reach("draw.tsx", graph).has(id) ? "first" : null) },
];

/** The page's own script only asks the server; what draws the answer is named in the page, so that it comes meanwhile. */
function besideFirstCall(): Plugin {
  const tag = (attrs: Record<string, string>) =>
    ({ tag: "link", attrs: { ...attrs, crossorigin: true }, injectTo: "head" }) as const;
  return {
    name: "beside-first-call",
    transformIndexHtml: {
      order: "post",
      handler: (_html, { bundle = {} }) =>
        Object.values(bundle).flatMap((file) => {
          const href = `./${file.fileName}`;
          if (file.type === "asset")
            return file.names.includes("first.css") ? [tag({ rel: "preload", as: "style", href })] : [];
          return ["draw", "first"].includes(file.name) ? [tag({ rel: "modulepreload", href })] : [];
        }),
    },
  };
}

/** The plugin centre takes `dist/` (package.json `output`) and serves it under a path of its own: hence the relative base. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [react(), besideFirstCall()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // Every browser that this target means knows modulepreload.
    modulePreload: { polyfill: false },
    // The Base SDK alone is larger than the usual warning.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: { codeSplitting: { groups } },
      onLog(level, log, handle) {
        // Semi's Markdown packages have empty directives; nothing of them is used.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
});
