// Every screen of a tour can be used by people who do not see it well, or at all; and none asks another host for anything. Stories in
// the other folders look at the screens that they come to.
import { afterAll, beforeAll, expect, test } from "vitest";
import { look } from "../screens/eye.ts";
import { tourDesk } from "../screens/tour/desk.ts";
import type { Look } from "../screens/tour/look.ts";
import { tourMember } from "../screens/tour/member.ts";
import { tourNewcomer } from "../screens/tour/newcomer.ts";
import { tourPhone } from "../screens/tour/phone.ts";
import { tourScan } from "../screens/tour/scan.ts";
import { tourVerify } from "../screens/tour/verify.ts";
import type { Window } from "../support/chromium.ts";
import { sealedPaper } from "../support/sealed.ts";
import { World } from "../support/world.ts";

let world: World;
const windows = new Set<Window>();
const judge: Look = (face, screen, window) => {
  windows.add(window);
  return look(face, screen, window);
};

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world?.close();
});

// The phone and its scans are one person's; the bid tool has a window of its own and goes on beside them.
test.concurrent("the verification page, the phone app, and a scan on both screens: no serious finding of axe-core", async () => {
  const sealed = await sealedPaper(world);
  await tourVerify(world, sealed, judge);
  await tourPhone(world, judge);
  await tourScan(world, judge, false);
});

test.concurrent("the bid tool, and a newcomer's phone: no serious finding of axe-core", async () => {
  await tourDesk(world, judge);
  await tourNewcomer(world, judge);
});

test("the people of a unit, on two phones: no serious finding of axe-core", () => tourMember(world, judge));

test("no screen asked another host, none threw", () => {
  expect(windows.size).toBeGreaterThan(6);
  for (const window of windows) expect({ foreign: window.foreign, errors: window.errors }).toEqual({ foreign: [], errors: [] });
});
