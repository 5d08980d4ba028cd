import { NO_LOCAL, scanStep, type ScanLocal, type ScanStep } from "@hulian/core";
import { describe, expect, it } from "vitest";
import { endingOf, leaveRule } from "../../src/features/scan/ending";
import words from "../../src/features/scan/locale/zh-CN.json";

const after = (code: string, params = {}) => endingOf(scanStep(null, { ...NO_LOCAL, problem: { code, params } }), NO_LOCAL, true);

describe("[SCAN-2] a code that is no use", () => {
  it("gets its own message each: expired, used, claimed by another, unknown, malformed", () => {
    const endings = [after("session_expired"), after("session_used"), after("session_claimed_by_other"), after("session_unknown"), endingOf({ step: "claim", notice: null }, NO_LOCAL, false)];
    const titles = endings.map((one) => {
      const part = words.scan.end[one!.ending] as Record<string, unknown>;
      return ((part[one!.reason ?? ""] ?? part) as { title: string }).title;
    });
    expect(new Set(titles).size).toBe(5);
  });
  it("tells a wrong match number from a plain refusal", () => expect(after("match_wrong")).toMatchObject({ ending: "refused", reason: "match_wrong" }));
});

describe("a signature that was cut off", () => {
  const signing: ScanStep = { step: "signing", progress: null };
  it("cannot go on after a reload", () => expect(endingOf(signing, NO_LOCAL, true)).toMatchObject({ ending: "interrupted", reason: null }));
  it("can be brought again when this page still has it", () => {
    const local: ScanLocal = { ...NO_LOCAL, problem: { code: "timestamp_unavailable", params: {} } };
    expect(endingOf(signing, local, true)).toMatchObject({ ending: "interrupted", reason: "timestamp_unavailable" });
  });
  it("is not cut off while it runs", () => expect(endingOf(signing, { ...NO_LOCAL, busy: "signing" }, true)).toBeNull());
});

describe("the way back", () => {
  it("asks before it refuses, stays while a signature is under way, and is free at the end", () => {
    expect(leaveRule({ step: "confirm", kind: "seal", notice: null }, NO_LOCAL, false)).toBe("ask");
    expect(leaveRule({ step: "confirm", kind: "seal", notice: null }, { ...NO_LOCAL, busy: "signing" }, false)).toBe("stay");
    expect(leaveRule({ step: "done", operation_id: "x" }, NO_LOCAL, true)).toBe("free");
    expect(leaveRule({ step: "claim", notice: null }, NO_LOCAL, false)).toBe("free");
  });
});
