// Waiting assertions over Chromium's locators; vitest's own `expect` judges values.
import type { Locator } from "playwright-core";

const LIMIT_MS = 20_000;

export interface Seen {
  toBeVisible(): Promise<void>;
  toBeHidden(): Promise<void>;
  toHaveText(text: string | RegExp): Promise<void>;
}

export function expect(locator: Locator, what = locator.toString()): Seen {
  const until = async (state: "visible" | "hidden"): Promise<void> => {
    try {
      await locator.waitFor({ state, timeout: LIMIT_MS });
    } catch {
      const body = await locator.page().locator("body").innerText().catch(() => "");
      throw new Error(`${what}: not ${state} at ${locator.page().url()}; the page says:\n${body}`);
    }
  };
  return {
    toBeVisible: () => until("visible"),
    toBeHidden: () => until("hidden"),
    toHaveText: async (text) => {
      await until("visible");
      const end = Date.now() + LIMIT_MS;
      for (;;) {
        const found = (await locator.innerText()).trim();
        if (typeof text === "string" ? found.includes(text) : text.test(found)) return;
        if (Date.now() > end) throw new Error(`${what}: "${found}" is not ${String(text)}`);
        await locator.page().waitForTimeout(50);
      }
    },
  };
}
