import { describe, expect, it } from "vitest";
import { KNOWN_CODES, reasons, type Line } from "@hulian/ui";
import why from "@hulian/ui/report/locale/zh-CN.json";
import own from "../src/locale/zh-CN.json";
import { readReport, type Report, type Signature } from "../src/report";
import { answer } from "../src/send";
import { changed, pages, problem, ranges, sealOf, verdict, when } from "../src/words";

const catalogue = { ...own, ...why };

const GOOD: Signature = {
  field: "Seal_1",
  signer: "张三",
  unit: "某公司",
  seal_name: "公章",
  seal_kind: "company",
  pages: [1, 2, 3, 5],
  algorithm: "rsa-sha256",
  outcome: "passed",
  integrity: "intact",
  chain: "trusted",
  changes: { kind: "none", revisions: 0 },
  time: { kind: "time_stamp", unix: 1_795_477_310, trusted: true },
  codes: [],
  reasons: [],
};
const report = (outcome: Report["outcome"], ...signatures: Signature[]): Report => ({ outcome, signatures });

/** The sentence of the catalogue; a key without one is an error. */
function sentence(line: Line): string {
  const found = line.key.split(".").reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], catalogue);
  expect(found, line.key).toBeTypeOf("string");
  return String(found);
}

describe("the words of a report", () => {
  it("[DOC-4] tells the verdict of every outcome", () => {
    for (const outcome of ["passed", "failed", "indeterminate", "no_signature"] as const) sentence(verdict(report(outcome, GOOD)));
    expect(verdict(report("failed", GOOD, { ...GOOD, outcome: "failed" })).params).toEqual({ count: 2, failed: 1 });
  });

  it("[DOC-4] tells which seal: its kind and its own name, else that nothing is told", () => {
    expect(sealOf({ ...GOOD, seal_name: "二号章" })).toEqual([{ key: "seal_kind.company" }, { key: "seal_name", params: { name: "二号章" } }]);
    expect(sealOf({ ...GOOD, seal_name: GOOD.unit })).toEqual([{ key: "seal_kind.company" }]);
    for (const seal_kind of ["company", "finance", "contract", "legal_representative", "name", "handwritten"]) sealOf({ ...GOOD, seal_name: null, seal_kind }).forEach(sentence);
    expect(sealOf({ ...GOOD, seal_kind: "../x" })).toEqual([{ key: "seal_name", params: { name: "公章" } }]);
    expect(sealOf({ ...GOOD, seal_name: null, seal_kind: null })).toEqual([{ key: "not_told" }]);
  });

  it("[DOC-4] has a plain sentence for every reason code, and the server's for others", () => {
    for (const code of KNOWN_CODES) {
      const [line] = reasons({ ...GOOD, codes: [code], reasons: ["x"] });
      expect(line?.key).toBe(`reason.${code}`);
      expect(sentence(line!)).toMatch(/[\u4e00-\u9fff]/);
    }
    expect(reasons({ ...GOOD, codes: ["new_one", "new_one", "no_roots"], reasons: ["news", "news", "x"] })).toEqual([
      { key: "reason.other", params: { text: "news" } },
      { key: "reason.no_roots" },
    ]);
  });

  it("[DOC-4] tells whether the file changed since, broken content before all", () => {
    for (const kind of ["none", "allowed", "forbidden", "unexplained"] as const) sentence(changed({ ...GOOD, changes: { kind, revisions: 1 } }));
    expect(changed({ ...GOOD, integrity: "broken" }).key).toBe("integrity.broken");
    expect(sentence(changed({ ...GOOD, integrity: "unsupported" }))).not.toBe("");
  });

  it("[DOC-4] tells a stamped time from a claimed one", () => {
    const told = (time: Signature["time"]): string => when({ ...GOOD, time }, String).key;
    expect(told(GOOD.time)).toBe("time.stamped");
    expect(told({ kind: "time_stamp", unix: 1, trusted: false })).toBe("time.stamp_untrusted");
    expect(told({ kind: "claimed", unix: 1, trusted: false })).toBe("time.claimed");
    expect(told({ kind: "unknown", unix: null, trusted: false })).toBe("time.unknown");
  });

  it("tells pages as ranges", () => {
    expect(ranges([5, 1, 2, 3, 3])).toBe("1–3、5");
    expect(pages(GOOD).params).toEqual({ list: "1–3、5", count: 4 });
    expect(pages({ ...GOOD, pages: [] }).key).toBe("pages.none");
  });

  it("has words for every problem", () => {
    for (const reason of ["not_pdf", "damaged", "password_needed", "encrypted_unsupported", "no_pages", "limits", "news"]) sentence(problem("pdf_refused", { reason }));
    for (const code of ["body_too_large", "rate_limited", "busy", "timeout", "offline", "news"]) sentence(problem(code, {}));
    expect(problem("rate_limited", { retry_after_s: 7 }).params).toEqual({ seconds: 7 });
  });

  it("does not believe an answer that is no report", () => {
    expect(readReport({ outcome: "fine", signatures: [] })).toBeNull();
    expect(readReport({ outcome: "passed", signatures: [{}] })).toBeNull();
    expect(answer(200, "<html>")).toEqual({ code: "unreadable_answer", params: {} });
    expect(answer(502, "{}")).toEqual({ code: "unreadable_answer", params: {} });
    expect(answer(429, '{"code":"rate_limited","params":{"retry_after_s":3}}')).toEqual({ code: "rate_limited", params: { retry_after_s: 3 } });
    expect(answer(200, JSON.stringify(report("passed", GOOD)))).toHaveProperty("report");
  });
});
