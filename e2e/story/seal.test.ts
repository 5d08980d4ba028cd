// The main job: a company's seal on a real PDF, by two screens and a camera; the saved file is judged by others.
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Clerk, type ModeWish } from "../support/desk.ts";
import { bouncyCastle, own, pdfsig, pyhanko, qpdf, rootOf } from "../support/judge.ts";
import { paper } from "../support/paper.ts";
import { Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

let people: Ready;
let server: Server;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
});

afterAll(async () => {
  await server?.stop();
});

/** One seal by camera; answers how long it took from the confirmation to the page. */
async function seal(clerk: Clerk, profile: string, algorithm: RegExp, mode: ModeWish, at?: { x: number; y: number }): Promise<number> {
  await clerk.place(mode, at);
  await clerk.showCode();
  const phone = await Phone.open(server, { from: profile, camera: await clerk.film() });
  try {
    await phone.scan();
    await phone.match(await clerk.matchNumber());
    await phone.chooseCertificate(algorithm);
    await phone.confirm();
    const seconds = await clerk.landed();
    await phone.sees("签章成功");
    expect(phone.window.foreign).toEqual([]);
    return seconds;
  } finally {
    await phone.close();
  }
}

/** Opens the tool with one document, seals it in each of these ways in turn, and answers where it was saved. */
async function sealed(name: string, pages: number, seals: { by: 0 | 1; algorithm: RegExp; mode: ModeWish; at?: { x: number; y: number } }[]): Promise<string> {
  const clerk = await Clerk.open(server);
  try {
    await clerk.openFiles([{ name: `${name}.pdf`, bytes: paper(pages) }]);
    for (const [index, one] of seals.entries()) {
      const seconds = await seal(clerk, people.phones[one.by], one.algorithm, one.mode, one.at);
      console.log(`${name}, seal ${index + 1}: confirm -> landed ${seconds} s`);
      expect(seconds).toBeLessThan(5);
      await clerk.again();
    }
    expect(clerk.window.foreign).toEqual([]);
    return await clerk.download(`${name}.pdf`);
  } finally {
    await clerk.close();
  }
}

test("[SCAN-2] [SCAN-4] [SCAN-9] [SCAN-12] an RSA seal lands on the page by camera, and others call it valid", async () => {
  const file = await sealed("投标函", 3, [{ by: 0, algorithm: /RSA/, mode: { kind: "当前页" } }]);
  const root = await rootOf(server, "rsa", dirname(file));
  expect(own(file, [root])).toBe(1);
  pyhanko(file, root);
  qpdf(file);
  expect(pdfsig(file)).toBe(1);
});

test("[SCAN-4] [SCAN-5] [SCAN-9] three seals by two companies on two phones, across all pages, a range and the edges, stay valid", async () => {
  const file = await sealed("联合体协议", 4, [
    { by: 0, algorithm: /RSA/, mode: { kind: "全部页" }, at: { x: 0.3, y: 0.6 } },
    { by: 1, algorithm: /RSA/, mode: { kind: "页码范围", ranges: "2-3" }, at: { x: 0.7, y: 0.6 } },
    { by: 0, algorithm: /RSA/, mode: { kind: "骑缝章" } },
  ]);
  const root = await rootOf(server, "rsa", dirname(file));
  expect(own(file, [root])).toBe(3);
  pyhanko(file, root);
  qpdf(file);
  expect(pdfsig(file)).toBe(4 + 2 + 4);
});

test("[SCAN-5] [SCAN-9] SM2 seals at a keyword and on one page are valid for BouncyCastle", async () => {
  const file = await sealed("报价表", 3, [
    { by: 0, algorithm: /SM2/, mode: { kind: "关键字", text: "投标人(盖章)" } },
    { by: 0, algorithm: /SM2/, mode: { kind: "当前页" }, at: { x: 0.5, y: 0.4 } },
  ]);
  const root = await rootOf(server, "sm2", dirname(file));
  expect(own(file, [root])).toBe(2);
  bouncyCastle(file, root);
  qpdf(file);
});
