// One run of Lighthouse in a Chromium of its own, which goes on with the profile of somebody who is signed in.
import lighthouse from "lighthouse";
import { freePort, Program } from "../support/program.ts";

export interface Audit {
  performance: number;
  accessibility: number;
  /** What came over the wire until the page was still. */
  bytes: number;
  /** What cost points, for whoever wants to win them. */
  lost: string[];
}

const FLAGS = [
  "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
];

export async function audit(url: string, profile: string): Promise<Audit> {
  const port = await freePort();
  const chromium = Program.start("chromium", process.env["CHROMIUM"] ?? "/usr/bin/chromium", [
    ...FLAGS, `--remote-debugging-port=${port}`, `--user-data-dir=${profile}`, "about:blank",
  ]);
  try {
    await chromium.until(async () => ((await fetch(`http://127.0.0.1:${port}/json/version`)).ok ? true : null));
    // The sign-in and the keys live in the profile's storage.
    const run = await lighthouse(url, { port, disableStorageReset: true, onlyCategories: ["performance", "accessibility"], output: "json", logLevel: "error" });
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
  } finally {
    await chromium.end();
  }
}

function points(score: number | null | undefined): number {
  if (typeof score !== "number") throw new Error("Lighthouse could not tell the score");
  return Math.round(score * 100);
}
