// No page is forgotten: every route is in the atlas, and a tour or a story looks at the screen that it names.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ATLAS, leadsTo } from "../screens/atlas.ts";

const APPS = "../web/apps";

/** The files of a folder and below whose names match. */
function sources(folder: string, name: RegExp): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => name.test(path));
  return paths.map((path) => readFileSync(`${folder}/${path}`, "utf8"));
}

/** Every page of these routers, by its path. */
function routes(texts: string[], under: string): string[] {
  const all = texts.join("\n");
  const found = [...all.matchAll(/path: "([^"]*)",[^\n]*? component: \(\) => import\(/g)].map((one) => `${under}${one[1]}`);
  expect(found.length, "routes are written as this test reads them").toBe(all.split("component: () => import(").length - 1);
  return found;
}

/** What is looked at by name, anywhere in tours and stories. */
const looked = new Set(["screens/tour", "phone", "console"].flatMap((folder) => sources(folder, /\.ts$/)).flatMap((text) => [...text.matchAll(/"([a-z]+(?:-[a-z]+)*)"/g)].map((one) => one[1])));

test("every page of the phone app is in the atlas", () => {
  const known = routes(sources(`${APPS}/phone/src/features`, /routes\.ts$/), "");
  expect(known.length).toBeGreaterThan(40);
  expect(known.sort()).toEqual(Object.keys(ATLAS.phone ?? {}).sort());
});

test("every page of the console is in the atlas", () => {
  // The frame around the pages is a route of its own without a page.
  const [signIn, ...pages] = routes(sources(`${APPS}/console/src`, /^router\.ts$/).map((text) => text.replace(/component: \(\) => import\("\.\/features\/frame[^\n]*/, "")), "/");
  expect([signIn?.slice(1), ...pages].sort()).toEqual(Object.keys(ATLAS.console ?? {}).sort());
});

test("every screen of the atlas is looked at, and no name stands for two pages", () => {
  for (const routes of Object.values(ATLAS)) {
    const screens = Object.values(routes);
    expect(screens.filter((screen) => !looked.has(screen))).toEqual([]);
    expect(screens.filter((screen, at) => screens.indexOf(screen) !== at)).toEqual([]);
  }
});

test("an address is found under its route", () => {
  expect(leadsTo("phone", "/units/:unit_id/tasks", "/units/7/tasks")).toBe(true);
  expect(leadsTo("phone", "/units/:unit_id", "/units/7/tasks")).toBe(false);
  expect(leadsTo("phone", "/agreements/:name(user|privacy)", "/agreements/privacy")).toBe(true);
  expect(leadsTo("phone", "/:path(.*)*", "/no/such/page")).toBe(true);
  expect(leadsTo("console", "/cases/:id", "/console/cases/7")).toBe(true);
});
