// Takes each screen in its sizes, light and dark, and writes the page that shows all of them.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Window } from "../support/chromium.ts";
import { type Face, still } from "./tour/look.ts";

type Size = readonly [width: number, height: number];

const SIZES: Record<Face, readonly Size[]> = {
  phone: [[360, 740], [390, 844], [768, 1024]],
  desk: [[1280, 800], [1024, 768]],
  console: [[1280, 800], [1024, 768]],
  verify: [[1280, 800], [390, 844]],
  server: [[1280, 800]],
};
const THEMES = ["light", "dark"] as const;

export class Camera {
  private readonly taken: { face: Face; screen: string; files: string[] }[] = [];

  constructor(private readonly folder: string) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }

  async look(face: Face, screen: string, { page }: Window): Promise<void> {
    const before = page.viewportSize();
    const files: string[] = [];
    mkdirSync(join(this.folder, face), { recursive: true });
    for (const [width, height] of SIZES[face]) {
      await page.setViewportSize({ width, height });
      for (const theme of THEMES) {
        await page.emulateMedia({ colorScheme: theme });
        await still(page);
        const file = `${face}/${screen}-${width}-${theme}.png`;
        await page.screenshot({ path: join(this.folder, file), animations: "disabled", scale: "css" });
        files.push(file);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    if (before) await page.setViewportSize(before);
    this.taken.push({ face, screen, files });
  }

  writeIndex(): void {
    const row = ({ face, screen, files }: (typeof this.taken)[number]): string =>
      `<h2>${face} · ${screen}</h2><div>${files.map((file) => `<a href="${file}"><img src="${file}" alt="${file}" loading="lazy"></a>`).join("")}</div>`;
    const style = "body{margin:16px;font:14px sans-serif;background:#8883}div{display:flex;flex-wrap:wrap;gap:12px;align-items:start}img{height:360px;border:1px solid #8886}";
    writeFileSync(join(this.folder, "index.html"), `<!doctype html><meta charset="utf-8"><title>Screens</title><style>${style}</style>${this.taken.map(row).join("\n")}\n`);
  }
}
