// The phone app as Lighthouse measures it: a middling phone on a slow mobile network. Three runs of each page, the median counts.
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paper } from "../support/paper.ts";
import { Phone } from "../support/phone.ts";
import { World } from "../support/world.ts";
import { type Audit, Bare } from "./lighthouse.ts";

const AIM = 95;
const RUNS = 3;

interface Figure {
  name: string;
  ours: number;
  peer: number;
  unit: "points";
  ratio: number;
  peer_name: "the aim";
  note?: string;
}

const figures: Figure[] = [];
let world: World;
let bare: Bare;
/** A scan that waits for its confirmation; it does so for ten minutes. */
let waiting: string;

beforeAll(async () => {
  world = await World.open();
  const phone = await Phone.open(world.server, { from: world.people.phones[0] });
  await world.clerk.openFiles([{ name: "投标函.pdf", bytes: paper(3) }]);
  await world.clerk.place({ kind: "当前页" });
  await world.clerk.showCode();
  await phone.typeShortCode(await world.clerk.shortCode());
  await phone.match(await world.clerk.matchNumber());
  await phone.chooseCertificate(/RSA/);
  await phone.sees("确认签章");
  waiting = new URL(phone.page.url()).pathname;
  await phone.close();
  // The bid tool is another machine's work, and this one's two cores are the phone's for as long as it is measured.
  await world.clerk.page.goto("about:blank");
  bare = await Bare.start(phone.window.profile);
});

afterAll(async () => {
  const file = process.env["HULIAN_FIGURES"];
  if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  await bare?.stop();
  await world?.close();
});

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure(name: string, path: string, words: string): Promise<void> {
  const runs: Audit[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await bare.audit(`${world.server.phoneUrl}${path}`, words));
    console.log(name, runs.at(-1));
  }
  const note = `${median(runs.map(({ bytes }) => bytes))} bytes over the wire on a first visit`;
  for (const kind of ["performance", "accessibility"] as const) {
    const ours = median(runs.map((it) => it[kind]));
    figures.push({ name: `phone, ${name}: ${kind}`, ours, peer: AIM, unit: "points", ratio: ours / AIM, peer_name: "the aim", ...(kind === "performance" ? { note } : {}) });
  }
  expect(runs).toHaveLength(RUNS);
}

test("the confirm page", () => measure("confirm", waiting, "确认签章"));
test("the signed-in home page", () => measure("home", "/", "我的服务"));
test("the scan page", () => measure("scan", "/scan", "请将电脑上的二维码放入框内"));
