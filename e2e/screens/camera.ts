// Takes a screen in its sizes, light and dark, and with large type; at the end there is a page that shows all of them.
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { Window } from "../support/chromium.ts";
import { ATLAS } from "./atlas.ts";
import { type Face, largeType, still } from "./tour/look.ts";

type Size = readonly [width: number, height: number];

const SIZES: Record<Face, readonly Size[]> = {
  phone: [[360, 740], [390, 844], [768, 1024]],
  desk: [[1280, 800], [1024, 768]],
  console: [[1280, 800], [1024, 768]],
  verify: [[1280, 800], [390, 844]],
  server: [[1280, 800]],
};
const THEMES = ["light", "dark"] as const;

export async function photograph(folder: string, face: Face, screen: string, { page }: Window): Promise<void> {
  const before = page.viewportSize();
  mkdirSync(join(folder, face), { recursive: true });
  const take = async (kind: string): Promise<void> => {
    await still(page);
    await page.screenshot({ path: join(folder, face, `${screen}-${kind}.png`), animations: "disabled", scale: "css" });
  };
  for (const [width, height] of SIZES[face]) {
    await page.setViewportSize({ width, height });
    for (const theme of THEMES) {
      await page.emulateMedia({ colorScheme: theme });
      await take(`${width}-${theme}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  if (face === "phone") await large(page, () => take("390-large"));
  if (before) await page.setViewportSize(before);
}

async function large(page: Page, work: () => Promise<void>): Promise<void> {
  await page.setViewportSize({ width: 390, height: 844 });
  await largeType(page, true);
  await work();
  await largeType(page, false);
}

/** Around the whole run: nothing of an older one is left, and the page of all pictures is written. */
export default function album(): () => void {
  const folder = process.env["HULIAN_SCREENS"];
  if (!folder) throw new Error("HULIAN_SCREENS names no folder for the pictures");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return () => {
    writeIndex(folder);
    const missing = Object.entries(ATLAS).flatMap(([face, routes]) => Object.values(routes).filter((screen) => !existsSync(join(folder, face, `${screen}-${SIZES[face as Face][0]?.[0]}-light.png`))).map((screen) => `${face}/${screen}`));
    if (missing.length === 0) return;
    // vitest tells of an error at its end and counts the run as passed.
    process.exitCode = 1;
    throw new Error(`no pictures of ${missing.join(", ")}`);
  };
}

/** In the order in which the pictures were taken. */
function writeIndex(folder: string): void {
  const row = (face: string, screen: string, files: string[]): string =>
    `<h2>${face} · ${screen}</h2><div>${files.map((file) => `<a href="${face}/${file}"><img src="${face}/${file}" alt="${file}" loading="lazy"></a>`).join("")}</div>`;
  const rows = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).flatMap(({ name: face }) => {
    const screens = new Map<string, string[]>();
    const age = (file: string): number => statSync(join(folder, face, file)).mtimeMs;
    for (const file of readdirSync(join(folder, face)).sort((one, other) => age(one) - age(other))) {
      const screen = file.replace(/-\d+-\w+\.png$/, "");
      screens.set(screen, [...(screens.get(screen) ?? []), file]);
    }
    return [...screens].map(([screen, files]) => row(face, screen, files));
  });
  const style = "body{margin:16px;font:14px sans-serif;background:#8883}div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}img{height:360px;border:1px solid #8886}";
  writeFileSync(join(folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>${rows.join("\n")}\n`);
}
