// Every main screen can be used by people who do not see it well, or at all; and no screen asks another host for anything.
import { afterAll, beforeAll, expect, test } from "vitest";
import { tourDesk } from "../screens/tour/desk.ts";
import type { Face, Look } from "../screens/tour/look.ts";
import { tourMember } from "../screens/tour/member.ts";
import { tourPhone } from "../screens/tour/phone.ts";
import { tourScan } from "../screens/tour/scan.ts";
import { tourVerify } from "../screens/tour/verify.ts";
import { findings as judge } from "../support/axe.ts";
import type { Window } from "../support/chromium.ts";
import { sealedPaper } from "../support/sealed.ts";
import { World } from "../support/world.ts";

/** Screens with contents of their own; the others are built of the same parts. */
const MAIN: Record<Exclude<Face, "console">, readonly string[]> = {
  phone: ["home", "units", "certificates", "certificate", "seal", "order", "operations", "me", "device", "buy", "buy-confirm", "scan", "scan-code", "scan-unknown", "scan-match", "scan-choose", "scan-confirm", "scan-unlock", "scan-done", "units-add", "join-found", "join-reason", "units-pending", "applications", "unit-members", "tasks", "task-refuse", "member-remove", "member-transfer", "member-invite", "settings", "sessions", "phone-change", "cancel", "version"],
  desk: ["empty", "document", "place-page", "place-ranges-wrong", "place-straddle", "place-keyword", "save-as", "scan-code", "scan-match", "scan-choose", "scan-confirm", "scan-done", "seals", "verification", "locked"],
  verify: ["empty", "valid", "json", "invalid", "refused"],
  server: ["landing", "sandbox"],
};

let world: World;
const windows = new Set<Window>();
const seen = new Set<string>();

async function findingsOf(tour: (look: Look) => Promise<void>): Promise<string[]> {
  const findings: string[] = [];
  await tour(async (face, screen, window) => {
    windows.add(window);
    if (face === "console" || !MAIN[face].includes(screen)) return;
    seen.add(`${face}/${screen}`);
    for (const scheme of ["light", "dark"] as const) findings.push(...(await judge(window.page, scheme)).map((it) => `${face}/${screen}, ${it}`));
    await window.page.emulateMedia({ colorScheme: "light" });
  });
  return findings;
}

beforeAll(async () => {
  world = await World.open();
});

afterAll(async () => {
  await world?.close();
});

// The phone and its scans are one person's; the bid tool has a window of its own and goes on beside them.
test.concurrent("the verification page, the phone app, and a scan on both screens: no serious finding of axe-core", async () => {
  const sealed = await sealedPaper(world);
  expect(await findingsOf((look) => tourVerify(world, sealed, look))).toEqual([]);
  expect(await findingsOf((look) => tourPhone(world, look))).toEqual([]);
  expect(await findingsOf((look) => tourScan(world, look, false))).toEqual([]);
});

test.concurrent("the bid tool: no serious finding of axe-core", async () => {
  expect(await findingsOf((look) => tourDesk(world, look))).toEqual([]);
});

test("the people of a unit, on two phones: no serious finding of axe-core", async () => {
  expect(await findingsOf((look) => tourMember(world, look))).toEqual([]);
});

test("every main screen was met, none asked another host, none threw", () => {
  const all = Object.entries(MAIN).flatMap(([face, screens]) => screens.map((screen) => `${face}/${screen}`));
  expect(all.filter((it) => !seen.has(it))).toEqual([]);
  for (const window of windows) expect({ foreign: window.foreign, errors: window.errors }).toEqual({ foreign: [], errors: [] });
});
