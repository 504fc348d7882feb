import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The plugin centre takes `dist/` (package.json `output`) and serves it under a path of its own: hence the relative base. */
export default defineConfig({
  root: import.meta.dirname,
  base: "./",
  publicDir: false,
  plugins: [react()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // The Base SDK alone is larger than the usual warning.
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Semi's Markdown packages have empty directives; nothing of them is used.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
});
