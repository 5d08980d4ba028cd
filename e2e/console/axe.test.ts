// Every screen of the console can be used by people who do not see it well, or at all; and none asks another host for anything.
import { afterAll, beforeAll, expect, test } from "vitest";
import { look } from "../screens/eye.ts";
import { tourConsole } from "../screens/tour/console.ts";
import type { Window } from "../support/chromium.ts";
import { Server } from "../support/system.ts";

let server: Server;
const windows = new Set<Window>();

beforeAll(async () => {
  server = await Server.start();
});

afterAll(async () => {
  await server?.stop();
});

test("the console: no serious finding of axe-core", async () => {
  await tourConsole({ server }, (face, screen, window) => {
    windows.add(window);
    return look(face, screen, window);
  });
  expect(windows.size).toBe(2);
  for (const { foreign, errors } of windows) expect([...foreign, ...errors]).toEqual([]);
});
