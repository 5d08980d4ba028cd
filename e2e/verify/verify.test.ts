// The public verification page through the real endpoint, with a file that people sealed at two screens.
import { afterAll, beforeAll, expect, test } from "vitest";
import { openWindow, type Window } from "../support/chromium.ts";
import { paper } from "../support/paper.ts";
import { sealedPaper } from "../support/sealed.ts";
import { World } from "../support/world.ts";
import { changed } from "./changed.ts";

let world: World;
let window: Window;
let sealed: Buffer;

beforeAll(async () => {
  world = await World.open();
  sealed = await sealedPaper(world);
  window = await openWindow();
});

afterAll(async () => {
  await window?.close();
  await world?.close();
});

/** What the page says about this file. */
async function judged(name: string, bytes: Buffer): Promise<string> {
  await window.page.goto(`${world.server.publicUrl}/verify/`);
  await window.page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/pdf", buffer: bytes });
  await window.page.locator('article[aria-busy="false"] .verdict:not(.open)').waitFor();
  return window.page.locator("article").innerText();
}

test("[DOC-4] a sealed file is valid: which company, when, on which page, and that nothing changed", async () => {
  const words = await judged("投标函.pdf", sealed);
  const company = world.people.companies[0];
  expect(words).toContain("全部 1 个签章有效");
  expect(words).toContain(company.name);
  expect(words).toMatch(/印章\s+\S*公章/);
  expect(words).toMatch(/时间\s+20\d\d年\d+月\d+日/);
  expect(words).toMatch(/位置\s+第 1 页/);
  expect(words).toContain("签章之后没有任何改动");
  expect(words).toContain("沙箱根证书");
});

test("[DOC-4] one changed letter makes the seal invalid, and the page says why", async () => {
  const words = await judged("投标函.pdf", changed(sealed));
  expect(words).toContain("1 个签章中有 1 个无效");
  expect(words).toContain("文件在签章后被改过");
  expect(words).not.toContain("全部 1 个签章有效");
});

test("[DOC-4] content appended after the seal is told apart from a change of what was sealed", async () => {
  const words = await judged("投标函.pdf", Buffer.concat([sealed, Buffer.from("\n% more\n")]));
  expect(words).toContain("1 个签章中有 1 个无效");
  expect(words).toContain("签章之后被追加了来历不明的内容");
  // What was sealed is still as it was: that is not what is wrong.
  expect(words).not.toContain("文件在签章后被改过");
  expect(words).not.toContain("签章之后没有任何改动");
});

test("[DOC-4] what is no PDF, and a PDF without a seal, are answered in words", async () => {
  expect(await judged("扫描件.pdf", Buffer.from("GIF89a, with the wrong name"))).toContain("这不是 PDF 文件");
  expect(await judged("投标函.pdf", paper(1))).toContain("这份文件没有签章");
});

test("[DOC-4] the JSON view shows the report that the endpoint itself gives", async () => {
  await judged("投标函.pdf", sealed);
  await window.page.getByRole("button", { name: "查看 JSON 报告" }).click();
  const shown = JSON.parse(await window.page.locator("pre").innerText()) as Record<string, unknown>;
  const answer = await fetch(`${world.server.publicUrl}/api/v1/verifications`, {
    method: "POST", headers: { "content-type": "application/pdf" }, body: new Uint8Array(sealed),
  });
  expect(answer.status).toBe(200);
  const report = (await answer.json()) as Record<string, unknown>;
  expect(shown).toEqual({ ...report, file: "投标函.pdf" });
  expect(report["outcome"]).toBe("passed");
});

test("[DOC-4] the page asks no other host and throws nothing", () => {
  expect(window.foreign).toEqual([]);
  expect(window.errors).toEqual([]);
});
