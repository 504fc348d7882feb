import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The workspace page of the sandbox; the sandbox serves what is built here under /sandbox/workspace/. */
export default defineConfig({
  root: `${import.meta.dirname}/page`,
  base: "./",
  plugins: [react()],
  build: {
    outDir: "../dist",
    emptyOutDir: true,
    target: "es2022",
    // Semi comes as one piece; a page on the same machine loads it in no time.
    chunkSizeWarningLimit: 4000,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Semi's Markdown packages have empty directives; nothing of them is used.
        if (log.code !== "MODULE_LEVEL_DIRECTIVE") handle(level, log);
      },
    },
  },
});
