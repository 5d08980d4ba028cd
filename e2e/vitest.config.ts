import { defineConfig } from "vitest/config";

// Browsers, a server and a bid tool share the computer with nobody but themselves: one file after another.
export default defineConfig({
  test: {
    include: ["{phone,desk,verify,console,story}/**/*.test.ts"],
    globalSetup: "support/global.ts",
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 240_000,
    reporters: ["default"],
  },
});
