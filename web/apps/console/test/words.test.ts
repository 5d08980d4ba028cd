import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalogue } from "../../../packages/ui/test/words.ts";
import { OPENINGS, REFUSALS, ROLES } from "../src/features/case/reasons.ts";

const ROOT = join(import.meta.dirname, "../../../..");
const { codes, read, find, missing } = catalogue(join(import.meta.dirname, "../src"));

/** The words of an enum of the server's rules. */
function wordsOf(file: string, name: string): string[] {
  const source = readFileSync(join(ROOT, "crates/domain/src", file), "utf8");
  const body = new RegExp(`\\n    ${name} \\{([\\s\\S]*?)\\n    \\}`).exec(source)?.[1] ?? "";
  return [...body.matchAll(/\w+ = "([a-z_]+)"/g)].map((hit) => hit[1] ?? "");
}

const rust = (folder: string): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".rs"))
    .map((path) => readFileSync(join(ROOT, folder, path), "utf8"));

describe("every word that a page says is in the catalogue", () => {
  for (const path of codes) it(path, () => expect(missing(path)).toEqual([]));

  it("and none is written into the code", () => {
    const wired = codes.filter((path) => /[\u4e00-\u9fff]/.test(read(path).replace(/\/\/.*|\/\*[\s\S]*?\*\//g, "")));
    expect(wired).toEqual([]);
  });
});

describe("the words of the server's rules", () => {
  const kinds = wordsOf("review.rs", "CaseKind");

  it.each([
    ["review.rs", "CaseKind", "case.kind", 9],
    ["review.rs", "CaseState", "case.state", 4],
    ["review.rs", "MaterialRole", "case.role", 10],
    ["operator.rs", "OperatorRole", "operator.role", 5],
  ] as const)("%s: each %s has its words", (file, name, key, least) => {
    const all = wordsOf(file, name);
    expect(all.length).toBeGreaterThanOrEqual(least);
    expect(all.filter((word) => typeof find(`${key}.${word}`) !== "string")).toEqual([]);
  });

  it("each kind of case has reasons to refuse it, and says what passing it means", () => {
    expect(kinds.filter((kind) => (REFUSALS[kind] ?? []).length < 3)).toEqual([]);
    expect(kinds.filter((kind) => typeof find(`case.pass_words.${kind}`) !== "string")).toEqual([]);
    expect(Object.values(REFUSALS).flat().filter((reason) => typeof find(`case.refusal.${reason}`) !== "string")).toEqual([]);
    expect(OPENINGS.filter((reason) => typeof find(`case.opening.${reason}`) !== "string")).toEqual([]);
  });

  it("each role of material has its place", () => expect([...ROLES].sort()).toEqual(wordsOf("review.rs", "MaterialRole").sort()));

  it("each act in the audit log has its words", () => {
    const acts = new Set<string>();
    for (const source of rust("crates/app/src")) {
      if (!/audit::record|const fn act\(/.test(source)) continue;
      for (const [, act = ""] of source.matchAll(/"((?:case|operator|content|fault_log)\.[a-z_]+)"/g)) acts.add(act);
    }
    // Names of transactions and purposes of ciphertext are written alike; those that are no act besides have no words.
    const others = new Set(["operator.totp", "operator.choose_password", "operator.change", "operator.refresh", "case.decide", "case.open_in_clear", "content.turn", "fault_log.lines"]);
    for (const other of others) acts.delete(other);
    expect(acts.size).toBeGreaterThan(14);
    expect([...acts].filter((act) => typeof find(`audit.act.${act}`) !== "string")).toEqual([]);
  });
});
