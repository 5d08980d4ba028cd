// A tour leads through the screens in the order in which people meet them; whoever goes along looks at each.
import type { Page } from "playwright-core";
import type { Window } from "../../support/chromium.ts";

export type Face = "phone" | "desk" | "verify" | "console" | "server";
export type Look = (face: Face, screen: string, window: Window) => Promise<void>;

/** A page of the phone app has what it wanted to read, or the words that say why not. */
export async function steady(page: Page): Promise<void> {
  await page.locator("#app main, #app h1").first().waitFor();
  await page.locator(".wait .block").first().waitFor({ state: "hidden" });
  await page.waitForTimeout(150);
}

/** Nothing moves or fades any more, and what the last change called for has been drawn. */
export async function still(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const drawn = (): Promise<unknown> => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await drawn();
    for (const animation of document.getAnimations()) {
      if (animation.effect?.getComputedTiming().endTime === Infinity) animation.cancel();
      else animation.finish();
    }
    await drawn();
  });
}

/** As somebody has it who set their browser's type to twice its size; or back. */
export async function largeType(page: Page, large: boolean): Promise<void> {
  await page.evaluate((size) => { document.documentElement.style.fontSize = size; }, large ? "200%" : "");
}

/** One part after another, whatever becomes of the former. */
export async function inTurn(...parts: (() => Promise<void>)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const part of parts) await part().catch((reason: unknown) => failures.push(reason));
  if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, failures.map(String).join("\n\n"));
}
