import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createPhone, passwordWeakness, scanStep, scanView, NO_LOCAL, type ScanLocal, type ScanView } from "../src";
import { utf8 } from "../src/bytes";
import { sm3 } from "../src/cosign/sm3";
import { memoryLocks } from "./support/locks";

describe("SM3", () => {
  it("standard vectors, and every length around a block against OpenSSL", () => {
    const hex = (text: Uint8Array): string => Buffer.from(sm3(text)).toString("hex");
    expect(hex(utf8("abc"))).toBe("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    expect(hex(utf8("abcd".repeat(16)))).toBe("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
    for (let length = 0; length < 200; length++) {
      const bytes = randomBytes(length);
      expect(hex(bytes), String(length)).toBe(createHash("sm3").update(bytes).digest("hex"));
    }
  });
});

describe("[PWD-1] weak passwords", () => {
  const facts = { birth_date: "1990-03-17", phone: "13912345067" };
  it.each([
    ["12345", "not_six_digits"], ["12345a", "not_six_digits"], ["１２３４５６", "not_six_digits"],
    ["111111", "repeated"], ["121212", "repeated"], ["112233", "repeated"], ["527527", "repeated"],
    ["123456", "run"], ["987654", "run"], ["890123", "run"], ["135791", "run"], ["864208", "run"],
    ["900317", "birth_date"], ["031790", "birth_date"], ["170390", "birth_date"], ["199003", "birth_date"],
    ["391234", "phone"], ["345067", "phone"], ["730184", null], ["391235", null],
  ])("%s: %s", (password, weakness) => expect(passwordWeakness(password, facts)).toBe(weakness));
});

describe("codes", () => {
  it("[SCAN-2] takes the own host's codes only", () => {
    const worker = (): never => {
      throw new Error("not needed");
    };
    const phone = createPhone({ baseUrl: "http://a", phoneUrl: "https://m.example.cn", worker, locks: memoryLocks() });
    expect(phone.codeOf(" https://m.example.cn/s/AAECAwQFBgcICQoLDA0ODw ")).toBe("AAECAwQFBgcICQoLDA0ODw");
    for (const text of [
      "https://m.example.cn.evil.cn/s/AAECAwQFBgcICQoLDA0ODw", "http://m.example.cn/s/AAECAwQFBgcICQoLDA0ODw",
      "https://m.example.cn/s/AAECAwQFBgcICQoLDA0OD", "https://m.example.cn/s/AAECAwQFBgcICQoLDA0OD_",
      "https://m.example.cn/x/AAECAwQFBgcICQoLDA0ODw", "AAECAwQFBgcICQoLDA0ODw", "", "javascript:alert(1)",
    ]) expect(phone.codeOf(text), text).toBeNull();
  });
});

function view(changes: Partial<ScanView> = {}): ScanView {
  const body = {
    code: "AAECAwQFBgcICQoLDA0ODw", version: 1, state: "claimed", kind: "seal", purpose: "p", asker: { asker_id: "a", name: "n", registered: false },
    scope: { document_sealing: true }, ask: {}, match_options: ["11", "22", "33"], matched: false, expires_at_us: 1,
  };
  return { ...scanView(body), ...changes };
}

describe("the screens of a scan", () => {
  const step = (v: ScanView | null, local: Partial<ScanLocal> = {}): string => scanStep(v, { ...NO_LOCAL, ...local }).step;
  const problem = (code: string, params = {}): Partial<ScanLocal> => ({ problem: { code, params } });
  const picked = (state: "needs_install" | "needs_reissue" | "needs_pack" | "usable"): Partial<ScanLocal> => ({ picked: { holding_id: "h", algorithm: "rsa", state } });

  it("the straight way", () => {
    expect(step(null)).toBe("claim");
    expect(step(view())).toBe("match");
    expect(step(view({ matched: true }))).toBe("choose");
    expect(step(view({ state: "chosen", matched: true }))).toBe("wait_tool");
    expect(step(view({ state: "ready" }))).toBe("confirm");
    expect(step(view({ state: "ready", kind: "login" }))).toBe("confirm_login");
    expect(step(view({ state: "ready" }), { busy: "signing", progress: "signing" })).toBe("signing");
    expect(step(view({ state: "signing" }))).toBe("signing");
    expect(scanStep(view({ state: "done", operation_id: "o" }), NO_LOCAL)).toEqual({ step: "done", operation_id: "o" });
    expect(scanStep(view({ state: "signing" }), { ...NO_LOCAL, operation_id: "o" })).toEqual({ step: "done", operation_id: "o" });
  });

  it("[SCAN-7] install, reissue and pack inside a scan, and back to the choice", () => {
    expect(scanStep(view({ matched: true }), { ...NO_LOCAL, ...picked("needs_install") })).toMatchObject({ step: "install", way: "install" });
    expect(scanStep(view({ matched: true }), { ...NO_LOCAL, ...picked("needs_reissue") })).toMatchObject({ step: "install", way: "reissue" });
    expect(step(view({ matched: true }), picked("needs_pack"))).toBe("buy_pack");
    expect(step(view({ matched: true }), picked("usable"))).toBe("choose");
    expect(step(view({ matched: true }))).toBe("choose");
  });

  it("[SCAN-2] every end has its own screen", () => {
    expect(step(null, problem("session_claimed_by_other"))).toBe("second_phone");
    expect(step(null, problem("session_expired"))).toBe("expired");
    expect(scanStep(null, { ...NO_LOCAL, ...problem("session_used") })).toEqual({ step: "failed", reason: "session_used" });
    expect(scanStep(null, { ...NO_LOCAL, ...problem("session_unknown") })).toEqual({ step: "failed", reason: "session_unknown" });
    expect(scanStep(view(), { ...NO_LOCAL, ...problem("match_wrong") })).toEqual({ step: "refused", reason: "match_wrong" });
    expect(step(view({ state: "expired" }))).toBe("expired");
    expect(scanStep(view({ state: "failed", failure: { code: "superseded" } }), NO_LOCAL)).toEqual({ step: "failed", reason: "superseded" });
  });

  it("a passing refusal stays on its screen with a notice; a lost network can be taken up again", () => {
    const wrong = problem("password_wrong", { attempts_left: 3 });
    expect(scanStep(view({ state: "ready" }), { ...NO_LOCAL, ...wrong })).toMatchObject({ step: "confirm", notice: { params: { attempts_left: 3 } } });
    expect(scanStep(view({ state: "ready" }), { ...NO_LOCAL, ...problem("offline") })).toEqual({ step: "offline", resume: true });
    expect(scanStep(null, { ...NO_LOCAL, ...problem("offline") })).toEqual({ step: "offline", resume: false });
  });
});
