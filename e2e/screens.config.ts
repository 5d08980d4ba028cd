import { defineConfig } from "vitest/config";

// Pictures of every screen, into the folder that HULIAN_SCREENS names: of the tours, and of the stories that look at what they meet.
export default defineConfig({
  test: {
    include: ["screens/**/*.shots.ts", "phone/{account,grant,help,identity,manage,member,password,trouble-password,trouble-storage,unit}.test.ts"],
    globalSetup: ["support/global.ts", "screens/camera.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 240_000,
    reporters: ["default"],
  },
});
