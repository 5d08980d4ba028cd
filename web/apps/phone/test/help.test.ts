// ACC-9 and ACC-10: what the phone keeps of its faults, and finding a question.
import { afterEach, describe, expect, it, vi } from "vitest";
import { matching } from "../src/features/help/matching";
import { partsOf } from "../src/features/sign-in/agreement";
import { clean, faults, forgetFaults, keepFault } from "../src/shared/faults";

describe("the log of faults", () => {
  const kept = new Map<string, string>();
  vi.stubGlobal("localStorage", { getItem: (key: string) => kept.get(key) ?? null, setItem: (key: string, value: string) => kept.set(key, value), removeItem: (key: string) => kept.delete(key) });
  vi.stubGlobal("location", { pathname: "/units/0190a0c0-1111-7222-8333-444455556666/members" });
  afterEach(forgetFaults);

  it.each([
    ["TypeError: x is undefined", "TypeError: x is undefined"],
    ["failed for 13900000001", "failed for #"],
    ["139-0000-0001", "#"],
    ["a@b.example wrote", "#.example wrote"],
    ["张样本 failed", "# failed"],
    ["status 404, 1234 ms", "status 404, 1234 ms"],
  ])("[ACC-9] %s is kept as %s, as the server's rule has it", (line, expected) => expect(clean(line)).toBe(expected));

  it("[ACC-9] lines name the page's pattern, and the oldest go first", () => {
    for (let at = 0; at < 205; at += 1) keepFault("problem", `code_${at}`);
    expect(faults()).toHaveLength(200);
    expect(faults()[0]).toMatch(/problem \/units\/:id\/members code_5$/);
  });
  it("what is not a log is no log", () => {
    kept.set("hulian.faults", "{broken");
    expect(faults()).toEqual([]);
  });
});

describe("questions", () => {
  const all = [{ key: "证书", title: "有效期多久", body: "以 Term 为准" }, { key: "账号", title: "收不到验证码", body: "稍后再试" }];
  it("[ACC-10] every typed word must occur, whatever its case", () => {
    expect(matching(all, "term 有效", "")).toEqual([all[0]]);
    expect(matching(all, "有效 验证码", "")).toEqual([]);
    expect(matching(all, " ", "账号")).toEqual([all[1]]);
  });
});

describe("a published agreement", () => {
  it("is parted by blank lines, with headings where a part has more than one line", () => {
    expect(partsOf("一、服务\n第一句\n第二句\n\n只有一句\n\n")).toEqual([{ heading: "一、服务", lines: ["第一句", "第二句"] }, { heading: "", lines: ["只有一句"] }]);
  });
});
