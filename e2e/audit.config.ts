import { defineConfig } from "vitest/config";

// Lighthouse over the phone app; `HULIAN_FIGURES` names the file that gets the figures.
export default defineConfig({
  test: {
    include: ["audit/*.audit.ts"],
    globalSetup: "support/global.ts",
    fileParallelism: false,
    testTimeout: 400_000,
    hookTimeout: 240_000,
    reporters: ["default"],
  },
});
