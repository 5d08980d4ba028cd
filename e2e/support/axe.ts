// What axe-core finds on a page.
import axe, { type AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { still } from "../screens/tour/look.ts";

/** What is wrong with the page as it stands, in these colours. What does not change with the colours is judged once. */
export async function findings(page: Page, scheme: "light" | "dark"): Promise<string[]> {
  await page.emulateMedia({ colorScheme: scheme });
  await still(page);
  await page.evaluate(axe.source);
  const rules = scheme === "dark" ? { runOnly: ["color-contrast"] } : {};
  const { violations } = (await page.evaluate(`axe.run(document, ${JSON.stringify({ resultTypes: ["violations"], ...rules })})`)) as AxeResults;
  const bad = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  return bad.flatMap(({ id, nodes }) => nodes.map((node) => `${scheme}: ${id} at ${node.target.join(" ")}: ${node.failureSummary ?? ""}`));
}
