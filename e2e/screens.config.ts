import { defineConfig } from "vitest/config";

// Pictures of every screen, into the folder that HULIAN_SCREENS names.
export default defineConfig({
  test: {
    include: ["screens/**/*.shots.ts"],
    globalSetup: "support/global.ts",
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 240_000,
    reporters: ["default"],
  },
});
