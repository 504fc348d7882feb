import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/fixtures/**"],
    globalSetup: ["test/support/global-setup.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A second is short for a browser on a busy machine; what holds already is not kept waiting.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    // One process per file: the SDK keeps a process-wide token cache.
    pool: "forks",
  },
});
