// One run of Lighthouse in the browser of a phone that is signed in: its keys and its cookie stay, what the app has cached goes.
import lighthouse from "lighthouse";
import type { Page } from "playwright-core";

export interface Audit {
  performance: number;
  accessibility: number;
  /** What came over the wire until the page was still. */
  bytes: number;
  /** What cost points, for whoever wants to win them. */
  lost: string[];
}

/** As on a first visit: no file of the app is there yet. */
async function forgetFiles(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "service_workers,cache_storage" });
  await session.send("Network.clearBrowserCache");
  await session.detach();
}

/** Measures this page's address in a tab of its own. */
export async function audit(page: Page, port: number): Promise<Audit> {
  const url = page.url();
  await forgetFiles(page);
  await page.goto("about:blank");
  const run = await lighthouse(url, { port, disableStorageReset: true, onlyCategories: ["performance", "accessibility"], output: "json", logLevel: "error" });
  if (!run) throw new Error("Lighthouse gave no result");
  const { lhr } = run;
  if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
  if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`the page went on to ${lhr.finalDisplayedUrl}`);
  if (process.env['HULIAN_LHR']) (await import('node:fs')).writeFileSync(process.env['HULIAN_LHR']+Date.now()+'.json', JSON.stringify(lhr));
  return {
    performance: points(lhr.categories["performance"]?.score),
    accessibility: points(lhr.categories["accessibility"]?.score),
    bytes: lhr.audits["total-byte-weight"]?.numericValue ?? 0,
    lost: Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9).map(({ id, score, displayValue }) => `${id} ${score} ${displayValue ?? ""}`),
  };
}

function points(score: number | null | undefined): number {
  if (typeof score !== "number") throw new Error("Lighthouse could not tell the score");
  return Math.round(score * 100);
}
