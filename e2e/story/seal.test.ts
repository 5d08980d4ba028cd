// The main job: a company's seal on a real PDF, by two screens and a camera; the saved file is judged by others.
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { bouncyCastle, own, pdfsig, pyhanko, qpdf, rootOf } from "../support/judge.ts";
import { paper } from "../support/paper.ts";
import { type Wish, World } from "../support/world.ts";

/** Opens one document, seals it in each of these ways in turn, and lets `judge` look at what was saved. */
async function sealed(name: string, pages: number, wishes: Wish[], judge: (file: string, root: (algorithm: "rsa" | "sm2") => Promise<string>) => Promise<void>): Promise<void> {
  const world = await World.open();
  try {
    await world.clerk.openFiles([{ name: `${name}.pdf`, bytes: paper(pages) }]);
    for (const [index, wish] of wishes.entries()) {
      // A figure and no assertion: the aim is under a second, and computers differ.
      console.log(`${name}, seal ${index + 1}: confirm -> landed in ${await world.seal(wish)} s`);
    }
    expect(world.clerk.window.foreign).toEqual([]);
    expect(world.clerk.window.errors).toEqual([]);
    const file = await world.clerk.download(`${name}.pdf`);
    await judge(file, (algorithm) => rootOf(world.server, algorithm, dirname(file)));
  } finally {
    await world.close();
  }
}

test("[SCAN-2] [SCAN-4] [SCAN-9] [SCAN-12] an RSA seal lands on the page by camera, and others call it valid", async () => {
  await sealed("投标函", 3, [{ by: 0, algorithm: /RSA/, mode: { kind: "当前页" } }], async (file, rootFor) => {
    const root = await rootFor("rsa");
    expect(own(file, [root])).toBe(1);
    pyhanko(file, root);
    qpdf(file);
    expect(pdfsig(file)).toBe(1);
  });
});

test("[SCAN-4] [SCAN-5] [SCAN-9] three seals by two companies on two phones, across all pages, a range and the edges, stay valid", async () => {
  await sealed("联合体协议", 4, [
    { by: 0, algorithm: /RSA/, mode: { kind: "全部页" }, at: { x: 0.3, y: 0.6 } },
    { by: 1, algorithm: /RSA/, mode: { kind: "页码范围", ranges: "2-3" }, at: { x: 0.7, y: 0.6 } },
    { by: 0, algorithm: /RSA/, mode: { kind: "骑缝章" } },
  ], async (file, rootFor) => {
    const root = await rootFor("rsa");
    expect(own(file, [root])).toBe(3);
    pyhanko(file, root);
    qpdf(file);
    expect(pdfsig(file)).toBe(4 + 2 + 4);
  });
});

test("[SCAN-5] [SCAN-9] SM2 seals at a keyword and on one page are valid for BouncyCastle", async () => {
  await sealed("报价表", 3, [
    { by: 0, algorithm: /SM2/, mode: { kind: "关键字", text: "投标人(盖章)" } },
    { by: 0, algorithm: /SM2/, mode: { kind: "当前页" }, at: { x: 0.5, y: 0.4 } },
  ], async (file, rootFor) => {
    const root = await rootFor("sm2");
    expect(own(file, [root])).toBe(2);
    bouncyCastle(file, root);
    qpdf(file);
  });
});
