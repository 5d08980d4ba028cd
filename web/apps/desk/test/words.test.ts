import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../packages/ui/test/words.ts";

const { codes, read, find, missing } = catalogue(join(import.meta.dirname, "../src"));

describe("every word that the page says is in the catalogue", () => {
  for (const path of codes) it(path, () => expect(missing(path)).toEqual([]));

  it("and none is written into the code", () => {
    const wired = codes.filter((path) => /[\u4e00-\u9fff]/.test(read(path).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "")));
    // The mark on the bar, what a file's name ends in, and the dashes that people type are no sentences.
    expect(wired.sort()).toEqual(["features/desk/AppBar.vue", "features/document/SaveMenu.vue", "features/placement/mode.ts"]);
  });
});

describe("problems", () => {
  it("each refusal of the desk has its own sentence", () => {
    const desk = join(import.meta.dirname, "../../../../crates/desk/src");
    const rust = readdirSync(desk, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".rs"));
    const known = rust.flatMap((path) => [...readFileSync(join(desk, path), "utf8").matchAll(/(?:invalid|conflict|not_found|plain|Kind::\w+,)\s*\(?\s*"([a-z_]+)"/g)].map((hit) => hit[1] ?? ""));
    // Told in the terminal at the start, before there is a page.
    const terminal = new Set(["desk_key_damaged", "desk_runs_already", "journal_damaged", "listen_refused"]);
    expect(known.length).toBeGreaterThan(30);
    expect([...new Set(known)].filter((code) => !terminal.has(code) && typeof find(`problem.${code}`) !== "string")).toEqual([]);
  });

  it("each refusal of the PDF library has its own sentence", () => {
    const refusal = readFileSync(join(import.meta.dirname, "../../../../libs/pdf-seal/src/refusal.rs"), "utf8");
    const known = [...refusal.matchAll(/Self::\w+(?:\([^)]*\)| \{ \.\. \})? => "([a-z_]+)"/g)].map((hit) => hit[1]);
    expect(known.length).toBeGreaterThan(10);
    // These have codes of their own.
    const own = new Set(["not_pdf", "password_needed", "password_wrong", "encrypted_unsupported"]);
    expect(known.filter((code) => code && !own.has(code) && typeof find(`problem.pdf_refused_${code}`) !== "string")).toEqual([]);
  });
});

describe("scans", () => {
  it("each state says where one is and what to do", () => {
    // Read from the type, so that a state that is added there is asked for here.
    const union = /export type ScanState =([^;]+);/.exec(read("shared/types.ts"))?.[1] ?? "";
    const states = [...union.matchAll(/"([a-z_]+)"/g)].map((hit) => hit[1]);
    expect(states.length).toBe(15);
    for (const state of states) {
      expect(typeof find(`scan.state.${state}`), state).toBe("string");
      expect(typeof find(`scan.hint.${state}`), state).toBe("string");
    }
  });
});
