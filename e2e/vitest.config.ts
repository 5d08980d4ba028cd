import { defineConfig } from "vitest/config";

// Browsers, a server and a bid tool want a core for themselves: one file after another. `cargo xtask test browser` has two such
// runs side by side, a half of the files each.
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
