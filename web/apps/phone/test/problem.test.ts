// The catalogue of words against the codes that the protocol's page and the server's sources know: a code without words
// fails here.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import operators from "../../console/src/features/problem/locale/zh-CN.json";
import catalogue from "../src/shared/locale/problem.zh-CN.json";
import first from "../src/shared/locale/shared.zh-CN.json";
import { spell, waitWords } from "../src/shared/spell";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const words: Record<string, string> = { ...catalogue.problem, ...first.problem };

function sources(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true }).filter((one) => one.isFile() && one.name.endsWith(".rs")).map((one) => readFileSync(join(one.parentPath, one.name), "utf8"));
}

/** Codes are the first text of the error's constructors, whether or not a line break stands between. */
function codesOfServer(): Set<string> {
  const constructor = /(?:Error::)?\b(?:invalid|unauthenticated|forbidden|not_found|conflict|gone|too_large|unavailable|too_many)\(\s*"([a-z_]+)"/g;
  const codes = new Set<string>(["internal"]);
  for (const text of [...sources("crates/app/src"), ...sources("crates/http/src")]) for (const [, code = ""] of text.matchAll(constructor)) codes.add(code);
  return codes;
}

/** Sentences that begin with "Error" name their codes in backquotes, up to the next full stop that ends them. */
function codesOfProtocol(): Set<string> {
  const page = readFileSync(join(ROOT, "docs/PROTOCOL.md"), "utf8");
  const codes = new Set<string>();
  for (const [, list = ""] of page.matchAll(/Errors(?: besides those above)?: ([^\n]*)/g)) {
    const plain = list.replace(/\{[^}]*\}/g, "").split(/\. (?=[A-Z`])/)[0] ?? "";
    for (const [, code = ""] of plain.matchAll(/`([a-z_]{4,})`/g)) codes.add(code);
  }
  return codes;
}

describe("the words for problems", () => {
  const server = codesOfServer();
  const protocol = codesOfProtocol();

  it("the search finds what is there", () => {
    expect(server.size).toBeGreaterThan(80);
    expect(protocol.size).toBeGreaterThan(60);
    expect([...server]).toContain("unit_exists");
    expect([...protocol]).toContain("sms_too_soon");
  });
  it("every code of the server has words, here or where operators work", () => expect([...server].filter((code) => !(code in words) && !(code in operators.problem))).toEqual([]));
  it("every code of the protocol's page has words", () => expect([...protocol].filter((code) => !(code in words) && !(code in operators.problem) && code !== "reason")).toEqual([]));
  it("no sentence is left empty or in English", () => {
    for (const [code, sentence] of Object.entries(words)) expect(sentence, code).toMatch(/\p{Script=Han}{2}/u);
  });
});

describe("a problem's parameters", () => {
  const say = (key: string) => ({ "unit.seconds": "秒", "unit.minutes": "分钟", "unit.hours": "小时", "field.name": "单位名称", "reason.seal_voided": "印章已作废" })[key] ?? null;

  it.each([[0, "1 秒"], [59, "59 秒"], [60, "1 分钟"], [61, "2 分钟"], [3600, "1 小时"], [3601, "2 小时"]])("%i seconds are %s", (seconds, told) => expect(waitWords(seconds, say)).toBe(told));
  it("fields and reasons become words, what is unknown stays", () => {
    expect(spell({ fields: ["name", "other"], reason: "seal_voided", left: 3, retry_after_s: 90, deep: { a: 1 } }, say)).toEqual({ fields: "单位名称、other", reason: "印章已作废", left: 3, retry_after_s: 90, wait: "2 分钟" });
  });
});
