// Against a real server: `HULIAN_BIN` or target/debug/hulian.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "node", include: ["packages/*/test/live/**/*.live.ts"], testTimeout: 120_000, hookTimeout: 60_000, fileParallelism: false },
});
