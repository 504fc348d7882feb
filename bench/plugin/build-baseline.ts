import { join } from "node:path";
import react from "@vitejs/plugin-react";
import { build } from "vite";

/** Builds the baseline as the plugin is built (plugin/vite.config.ts). */
export async function buildBaseline(out: string): Promise<void> {
  process.env["NODE_ENV"] = "production";
  await build({
    configFile: false,
    root: join(import.meta.dirname, "../baselines/plugin"),
    base: "./",
    publicDir: false,
    plugins: [react()],
    logLevel: "silent",
    build: { outDir: out, emptyOutDir: true, target: "es2022" },
  });
}
