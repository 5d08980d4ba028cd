import { describe, expect, it } from "vitest";
import { formatMode, formatRanges, keywordError, mergeRanges, parseRanges } from "../src/features/placement/mode.ts";

describe("page ranges as people write them", () => {
  const cases: [string, string][] = [
    ["1-3,5", "1-3,5"],
    ["５", "5"],
    ["1－3，5", "1-3,5"],
    ["1 ~ 3 、 5", "1-3,5"],
    ["2至4 6到7", "2-4,6-7"],
    ["5,1-3", "1-3,5"],
    ["1-3,2-6,7", "1-7"],
    ["10", "10"],
  ];
  for (const [typed, meant] of cases) {
    it(`${typed} means ${meant}`, () => {
      const read = parseRanges(typed, 10);
      expect("ranges" in read ? formatRanges(read.ranges) : "?").toBe(meant);
    });
  }

  it("says what is wrong, and where", () => {
    expect(parseRanges(" ， ", 10)).toEqual({ error: "empty", at: "" });
    expect(parseRanges("1,x,3", 10)).toEqual({ error: "unreadable", at: "x" });
    expect(parseRanges("1,8-6", 10)).toEqual({ error: "backwards", at: "8-6" });
    expect(parseRanges("9-11", 10)).toEqual({ error: "beyond", at: "9-11" });
    expect(parseRanges("0-3", 10)).toEqual({ error: "beyond", at: "0-3" });
    expect(parseRanges("99999999", 10)).toEqual({ error: "unreadable", at: "99999999" });
  });

  it("merging leaves what was given untouched", () => {
    const given = [{ from: 4, to: 4 }, { from: 1, to: 3 }];
    expect(mergeRanges(given)).toEqual([{ from: 1, to: 4 }]);
    expect(given).toEqual([{ from: 4, to: 4 }, { from: 1, to: 3 }]);
  });
});

describe("modes as text", () => {
  it("are written as the protocol has them", () => {
    expect(formatMode({ kind: "page", page: 7 })).toBe("page:7");
    expect(formatMode({ kind: "all" })).toBe("all");
    expect(formatMode({ kind: "pages", ranges: [{ from: 1, to: 3 }, { from: 5, to: 5 }] })).toBe("pages:1-3,5");
    expect(formatMode({ kind: "straddle", edges: ["bottom", "left"], ranges: null })).toBe("straddle:left+bottom");
    expect(formatMode({ kind: "straddle", edges: ["right"], ranges: [{ from: 2, to: 9 }] })).toBe("straddle:right:2-9");
    expect(formatMode({ kind: "keyword", text: "投标人（盖章）", occurrence: "all" })).toBe("keyword:投标人（盖章）");
    expect(formatMode({ kind: "keyword", text: "盖章", occurrence: "first" })).toBe("keyword:盖章#first");
    expect(formatMode({ kind: "keyword", text: "盖章", occurrence: 3 })).toBe("keyword:盖章#3");
  });

  it("keywords have a length in characters, not in units, and no mark of ours", () => {
    expect(keywordError("  ")).toBe("empty");
    expect(keywordError("a#b")).toBe("hash");
    expect(keywordError("𠮷".repeat(60))).toBeNull();
    expect(keywordError("𠮷".repeat(61))).toBe("too_long");
  });
});
