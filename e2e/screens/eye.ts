// Who looks at a screen that a story or a tour has come to: axe-core, and a camera where pictures are wanted.
import { expect } from "vitest";
import { findings } from "../support/axe.ts";
import { ATLAS, leadsTo } from "./atlas.ts";
import { photograph } from "./camera.ts";
import type { Look } from "./tour/look.ts";

/** The folder for pictures; none in a test run. */
const ALBUM = process.env["HULIAN_SCREENS"];

/** The sandbox's messages are a page without a script that reads itself again, which axe-core takes for a hurry. */
const EXEMPT = new Set(["server/inbox"]);

export const look: Look = async (face, screen, window) => {
  const { pathname } = new URL(window.page.url());
  for (const [route, name] of Object.entries(ATLAS[face] ?? {})) {
    if (name === screen) expect(leadsTo(face, route, pathname), `${face}/${screen} stands at ${route}, not at ${pathname}`).toBe(true);
  }
  const found = EXEMPT.has(`${face}/${screen}`) ? [] : await findings(window.page);
  if (ALBUM) await photograph(ALBUM, face, screen, window);
  expect(found, `${face}/${screen}`).toEqual([]);
};

/** What a story on one phone says: this is the screen, look at it. */
export const seeing =
  (face: Parameters<Look>[0]) =>
  (who: { window: Parameters<Look>[2] }, screen: string): Promise<void> =>
    look(face, screen, who.window);
