// @vitest-environment happy-dom
import { PhoneError, ProblemError, type Progress, type Unlock } from "@hulian/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createApp, nextTick, type App } from "vue";
import { createI18n } from "vue-i18n";
import words from "../../src/features/unlock/locale/zh-CN.json";
import UnlockSheet from "../../src/features/unlock/UnlockSheet.vue";

const i18n = createI18n({ legacy: false, locale: "zh-CN", messages: { "zh-CN": words } });
let app: App | null = null;

interface Given {
  fingerprint?: boolean;
  locked_until_us?: number | null;
  act: (unlock: Unlock) => Promise<void>;
}

async function sheet({ fingerprint = false, locked_until_us = null, act }: Given) {
  const used: Unlock[] = [];
  const closed: unknown[] = [];
  const host = {
    fingerprint: async () => ({ offered: fingerprint, enabled: fingerprint }),
    passwordState: async () => ({ attempts_left: 5, locked_until_us }),
  };
  const place = document.body.appendChild(document.createElement("div"));
  const doing = (unlock: Unlock, _: Progress) => (used.push(unlock), act(unlock));
  app = createApp(UnlockSheet, { reason: "签章：a.pdf", host, act: doing, close: (outcome: unknown) => closed.push(outcome), forgotten: () => closed.push("forgotten") });
  app.component("van-loading", { template: "<i />" }).use(i18n).mount(place);
  await settled();
  return { used, closed };
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 5));
  await nextTick();
}

const key = (name: string) => [...document.querySelectorAll("button")].find((one) => one.textContent?.trim() === name || one.getAttribute("aria-label") === name);
async function type(digits: string): Promise<void> {
  for (const digit of digits) key(digit)?.click();
  await settled();
}
const wrong = (attempts_left: number) => Promise.reject(new ProblemError("password_wrong", 403, { attempts_left }));

afterEach(() => {
  app?.unmount();
  document.body.innerHTML = "";
  vi.restoreAllMocks();
});

describe("the unlock sheet", () => {
  it("hands the six digits over with the sixth, and closes when they were right", async () => {
    const { used, closed } = await sheet({ act: async () => undefined });
    await type("73018");
    expect(used).toEqual([]);
    await type("4");
    expect(used).toEqual([{ by: "password", password: "730184" }]);
    expect(closed).toEqual([{ error: null }]);
  });

  it("[PWD-5] stays open over a wrong password and says how many tries are left", async () => {
    const answers = [wrong(4), Promise.resolve()];
    answers[0]?.catch(() => undefined);
    const { used, closed } = await sheet({ act: () => answers.shift() as Promise<void> });
    await type("111222");
    expect(document.querySelector('[role="alert"]')?.textContent).toContain("4 次");
    expect(closed).toEqual([]);
    await type("730184");
    expect(used).toHaveLength(2);
    expect(closed).toEqual([{ error: null }]);
  });

  it("[PWD-5] shows a lock as a clock and takes no key meanwhile", async () => {
    const { used } = await sheet({ locked_until_us: (Date.now() + 90_000) * 1000, act: async () => undefined });
    expect(document.querySelector('[role="alert"]')?.textContent).toMatch(/1:(30|29)/);
    await type("730184");
    expect(used).toEqual([]);
  });

  it("[PWD-5] a lock that falls with the last try shows its end", async () => {
    await sheet({ act: () => Promise.reject(new ProblemError("password_locked", 423, { retry_after_s: 900 })) });
    await type("111222");
    expect(document.querySelector('[role="alert"]')?.textContent).toMatch(/1[45]:\d\d/);
  });

  it("[PWD-2] asks for the fingerprint first, and falls back to the keys when it is not read", async () => {
    const { used } = await sheet({ fingerprint: true, act: (unlock) => (unlock.by === "fingerprint" ? Promise.reject(new PhoneError("fingerprint_failed")) : Promise.resolve()) });
    expect(used).toEqual([{ by: "fingerprint" }]);
    await settled();
    await type("730184");
    expect(used[1]).toEqual({ by: "password", password: "730184" });
  });

  it("tells other refusals to who asked", async () => {
    const error = new ProblemError("certificate_not_usable", 403, {});
    const { closed } = await sheet({ act: () => Promise.reject(error) });
    await type("730184");
    expect(closed).toEqual([{ error }]);
  });

  it("never shows a digit that was typed", async () => {
    await sheet({ act: async () => undefined });
    const before = document.querySelector(".body")?.textContent;
    await type("7301");
    expect(document.querySelector(".body")?.textContent).toBe(before);
    expect(document.querySelector('[role="img"]')?.getAttribute("aria-label")).toBe("已输入 4 位，共 6 位");
  });

  it("takes the hardware keyboard, and the backspace of both", async () => {
    const { used } = await sheet({ act: async () => undefined });
    for (const name of ["7", "9", "Backspace", "3", "0", "1", "9"]) window.dispatchEvent(new KeyboardEvent("keydown", { key: name }));
    await settled();
    key("退格")?.click();
    await settled();
    await type("84");
    expect(used).toEqual([{ by: "password", password: "730184" }]);
  });

  it("can be left before anything was done", async () => {
    const { closed } = await sheet({ act: async () => undefined });
    key("取消")?.click();
    expect(closed).toEqual(["cancelled"]);
  });

  it("[PWD-4] leads whoever has forgotten the password away, also while it is locked, and nothing was tried", async () => {
    for (const locked_until_us of [null, (Date.now() + 60_000) * 1000]) {
      const { used, closed } = await sheet({ locked_until_us, act: async () => undefined });
      key("忘记密码？")?.click();
      expect([closed, used]).toEqual([["cancelled", "forgotten"], []]);
      app?.unmount();
    }
  });
});
