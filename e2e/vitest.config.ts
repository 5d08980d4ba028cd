import { defineConfig } from "vitest/config";

// Browsers, a server and a bid tool want a core for themselves, and much of a story is waiting: two files side by side.
export default defineConfig({
  test: {
    include: ["{phone,desk,verify,console,story}/**/*.test.ts"],
    globalSetup: "support/global.ts",
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: ["default"],
  },
});
