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

test("[SCAN-2] [SCAN-4] [SCAN-9] [SCAN-12] an RSA seal lands on the page by camera, and others call it valid", async () => {
  const clerk = await Clerk.open(server);
  try {
    await clerk.openFiles([{ name: "投标函.pdf", bytes: paper(3) }]);
    const seconds = await seal(clerk, people.phones[0], /RSA/, { kind: "当前页" });
    console.log(`confirm -> landed: ${seconds} s`);
    const file = await clerk.download("rsa.pdf");
    const root = await rootOf(server, "rsa", dirname(file));
    expect(own(file, [root])).toBe(1);
    pyhanko(file, root);
    qpdf(file);
    expect(pdfsig(file)).toBe(1);
    expect(clerk.window.foreign).toEqual([]);
  } finally {
    await clerk.close();
  }
});

void bouncyCastle;
