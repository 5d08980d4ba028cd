// The phone app as Lighthouse measures it: a middling phone on a slow mobile network. Three runs of each page, the median counts.
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { paper } from "../support/paper.ts";
import { World } from "../support/world.ts";
import { type Audit, audit } from "./lighthouse.ts";

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
/** Of the first person's phone, which goes on from run to run. */
let profile: string;

beforeAll(async () => {
  world = await World.open();
  await world.clerk.openFiles([{ name: "投标函.pdf", bytes: paper(3) }]);
});

afterAll(async () => {
  const file = process.env["HULIAN_FIGURES"];
  if (file) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
  await world?.close();
});

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function measure(page: string, path: () => Promise<string>): Promise<void> {
  const runs: Audit[] = [];
  for (let run = 0; run < RUNS; run++) runs.push(await audit(`${world.server.phoneUrl}${await path()}`, profile));
  const note = `${median(runs.map(({ bytes }) => bytes))} bytes`;
  for (const kind of ["performance", "accessibility"] as const) {
    const ours = median(runs.map((it) => it[kind]));
    figures.push({ name: `phone, ${page}: ${kind}`, ours, peer: AIM, unit: "points", ratio: ours / AIM, peer_name: "the aim", ...(kind === "performance" ? { note } : {}) });
  }
  console.log(page, runs);
  expect(figures.slice(-2).filter(({ ours }) => ours < AIM)).toEqual([]);
}

/** The phone comes to this page by itself once, as it would before; then it is closed. */
async function before(until: (phone: Awaited<ReturnType<World["phone"]>>) => Promise<void>): Promise<string> {
  const phone = await world.phone(0);
  try {
    await until(phone);
    profile = phone.window.profile;
    return new URL(phone.page.url()).pathname;
  } finally {
    await phone.close();
  }
}

test("the signed-in home page", async () => {
  const path = await before(async (phone) => {
    await phone.go("/");
    await phone.sees("我的服务");
  });
  await measure("home", async () => path);
});

test("the scan page", () => measure("scan", async () => "/scan"));

test("the confirm page", async () => {
  // Each run has a request of its own, so that none runs out meanwhile; the one of the run before is put away.
  await measure("confirm", async () => {
    const former = world.clerk.page.locator(".scan-buttons").getByRole("button", { name: "取消" });
    if (await former.isVisible()) {
      await former.click();
      await world.clerk.again();
    }
    await world.clerk.place({ kind: "当前页" });
    await world.clerk.showCode();
    const short = await world.clerk.shortCode();
    const path = await before(async (phone) => {
      await phone.typeShortCode(short);
      await phone.match(await world.clerk.matchNumber());
      await phone.chooseCertificate(/RSA/);
      await phone.sees("确认签章");
    });
    return path;
  });
});
