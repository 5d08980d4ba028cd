// Every screen of the console can be used by people who do not see it well, or at all; and none asks another host for anything.
import { afterAll, beforeAll, expect, test } from "vitest";
import { tourConsole } from "../screens/tour/console.ts";
import { findings } from "../support/axe.ts";
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
  const found: string[] = [];
  const seen: string[] = [];
  await tourConsole({ server }, async (_, screen, window) => {
    windows.add(window);
    seen.push(screen);
    for (const scheme of ["light", "dark"] as const) found.push(...(await findings(window.page, scheme)).map((it) => `${screen}, ${it}`));
    await window.page.emulateMedia({ colorScheme: "light" });
  });
  expect(seen.length).toBeGreaterThan(15);
  expect(found).toEqual([]);
  for (const { foreign, errors } of windows) expect([...foreign, ...errors]).toEqual([]);
});
