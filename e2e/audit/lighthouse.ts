// Lighthouse in the browser of a phone that is signed in: its keys and its cookie stay, what the app has cached goes. Nobody
// else holds on to that browser while it is measured, since whoever drives a page makes it slower.
import lighthouse from "lighthouse";
import { chromium, type Page } from "playwright-core";
import { CHROMIUM, QUIET } from "../support/chromium.ts";
import { freePort, Program } from "../support/program.ts";

export interface Audit {
  performance: number;
  accessibility: number;
  /** What came over the wire until the page was still. */
  bytes: number;
  /** What cost points, for whoever wants to win them. */
  lost: string[];
}

export class Bare {
  private constructor(
    private readonly port: number,
    private readonly program: Program,
  ) {}

  static async start(profile: string): Promise<Bare> {
    const port = await freePort();
    const args = ["--headless=new", ...QUIET, "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream"];
    const program = Program.start("chromium", CHROMIUM, [...args, `--user-data-dir=${profile}`, `--remote-debugging-port=${port}`, "about:blank"]);
    await program.until(async () => ((await fetch(`http://127.0.0.1:${port}/json/version`)).ok ? true : null));
    return new Bare(port, program);
  }

  async stop(): Promise<void> {
    await this.program.end();
  }

  /** Measures this address as on a first visit; `words` stand on the page that is meant. */
  async audit(url: string, words: string): Promise<Audit> {
    await this.prepare(url, words);
    const run = await lighthouse(url, { port: this.port, disableStorageReset: true, onlyCategories: ["performance", "accessibility"], output: "json", logLevel: "error" });
    if (!run) throw new Error("Lighthouse gave no result");
    const { lhr } = run;
    if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
    if (new URL(lhr.finalDisplayedUrl).pathname !== new URL(url).pathname) throw new Error(`the page went on to ${lhr.finalDisplayedUrl}`);
    return {
      performance: points(lhr.categories["performance"]?.score),
      accessibility: points(lhr.categories["accessibility"]?.score),
      bytes: lhr.audits["total-byte-weight"]?.numericValue ?? 0,
      lost: Object.values(lhr.audits).filter(({ score }) => score !== null && score < 0.9).map(({ id, score, displayValue }) => `${id} ${score} ${displayValue ?? ""}`),
    };
  }

  /** The page is what it should be; then no file of the app is there any more. */
  private async prepare(url: string, words: string): Promise<void> {
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${this.port}`);
    try {
      const context = browser.contexts()[0];
      if (!context) throw new Error("the browser has no window");
      const page = await context.newPage();
      await page.goto(url);
      await page.getByText(words).first().waitFor();
      await forgetFiles(page);
      await page.close();
    } finally {
      await browser.close();
    }
  }
}

async function forgetFiles(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send("Storage.clearDataForOrigin", { origin: new URL(page.url()).origin, storageTypes: "service_workers,cache_storage" });
  await session.send("Network.clearBrowserCache");
  await session.detach();
}

function points(score: number | null | undefined): number {
  if (typeof score !== "number") throw new Error("Lighthouse could not tell the score");
  return Math.round(score * 100);
}
