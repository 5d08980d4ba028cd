// What the first page costs: everything that index.html loads by itself, and the home page's own chunks with what they import.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";

const DIST = fileURLToPath(new URL("../../../../crates/web-assets/dist/phone/", import.meta.url));
const FIRST_LOAD_GZIP_BYTES_MAX = 120 * 1024;

function firstLoad(): string[] {
  const index = readFileSync(`${DIST}index.html`, "utf8");
  const wanted = [...index.matchAll(/(?:src|href)="\/(assets\/[^"]+\.js)"/g)].map(([, path = ""]) => path);
  const home = readdirSync(`${DIST}assets`).find((name) => /^HomePage-.*\.js$/.test(name));
  expect(home, "the home page has a chunk of its own").toBeDefined();
  wanted.push(`assets/${home}`);
  const found = new Set<string>();
  while (wanted.length > 0) {
    const path = wanted.pop() as string;
    if (found.has(path)) continue;
    found.add(path);
    // Static imports only: `from"./x.js"` and `import"./x.js"`; a dynamic one has a bracket.
    for (const [, name = ""] of readFileSync(DIST + path, "utf8").matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) wanted.push(`assets/${name}`);
  }
  return [...found];
}

// Without a build this fails and says so: `npx vite build apps/phone` comes first.
describe("the built phone app", () => {
  it("costs less than 120 KB of script at first", () => {
    const files = firstLoad();
    const bytes = files.reduce((sum, path) => sum + gzipSync(readFileSync(DIST + path)).length, 0);
    console.log(`first load: ${files.length} scripts, ${bytes} bytes gzip`);
    expect(bytes).toBeLessThan(FIRST_LOAD_GZIP_BYTES_MAX);
  });
  it("has no script inside its page and asks no other host for anything", () => {
    const index = readFileSync(`${DIST}index.html`, "utf8");
    expect(index).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(index).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
  });
  it("its service worker knows files of this build and leaves the API alone", () => {
    const worker = readFileSync(`${DIST}sw.js`, "utf8");
    expect(worker).not.toContain("__VERSION__");
    const files = JSON.parse(/const FILES = (\[[^\]]*\])/.exec(worker)?.[1] ?? "[]") as string[];
    expect(files.length).toBeGreaterThan(10);
    for (const path of files) expect(existsSync(DIST + path.slice(1)), path).toBe(true);
    expect(worker).toContain('pathname.startsWith("/api/")');
  });
});
