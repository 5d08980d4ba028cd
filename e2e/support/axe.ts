// What axe-core finds on a page.
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { largeType, still } from "../screens/tour/look.ts";

/** What is wrong with the page as it stands, in light and in dark, and with large type. */
export async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const scheme of ["light", "dark"] as const) found.push(...(await judged(page, scheme)));
  await page.emulateMedia({ colorScheme: "light" });
  return [...found, ...(await widened(page))];
}

/** What does not change with the colours is judged once. */
async function judged(page: Page, scheme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  await still(page);
  await page.evaluate(axe.source);
  const rules = scheme === "dark" ? { runOnly: ["color-contrast"] } : {};
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], ...rules })})`)) as AxeResults;
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return bad.flatMap(({ id, nodes }) => nodes.map((node) => `${scheme}: ${id} at ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}

/** With type of twice the size nothing needs scrolling sideways. */
async function widened(page: Page): Promise<string[]> {
  await largeType(page, true);
  const wide = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth > clientWidth ? [`large type: ${scrollWidth} pixels wide where there are ${clientWidth}`] : [];
  });
  await largeType(page, false);
  return wide;
}
