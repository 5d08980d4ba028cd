// The public verification page, and the few pages that the server itself shows.
import type { Page } from "playwright-core";
import { paper } from "../../support/paper.ts";
import { openWindow } from "../../support/chromium.ts";
import type { World } from "../../support/world.ts";
import { changed } from "../../verify/changed.ts";
import type { Look } from "./look.ts";

export async function tourVerify({ server }: World, sealed: Buffer, look: Look): Promise<void> {
  const window = await openWindow();
  const { page } = window;
  const see = (screen: string): Promise<void> => look("verify", screen, window);
  try {
    await page.goto(`${server.publicUrl}/verify/`);
    await page.getByText("PDF 验签").waitFor();
    await see("empty");
    await give(page, "投标函.pdf", sealed);
    await page.getByText("全部 1 个签章有效").waitFor();
    await see("valid");
    await page.getByRole("button", { name: "查看 JSON 报告" }).click();
    await see("json");
    await page.reload();
    await give(page, "投标函-改动.pdf", changed(sealed));
    await page.getByText("1 个签章中有 1 个无效").waitFor();
    await see("invalid");
    await page.reload();
    await give(page, "没有签章.pdf", paper(1));
    await page.getByText("这份文件没有签章").waitFor();
    await give(page, "不是.pdf", Buffer.from("not a PDF"));
    await page.getByText("这不是 PDF 文件").waitFor();
    await see("refused");
    for (const [path, screen] of [["/", "landing"], ["/sandbox", "sandbox"], ["/sandbox/inbox", "inbox"]] as const) {
      const answer = await page.goto(`${server.publicUrl}${path}`);
      if (answer?.ok()) await look("server", screen, window);
    }
  } finally {
    await window.close();
  }
}

export async function give(page: Page, name: string, bytes: Buffer): Promise<void> {
  await page.locator("input[type=file]").setInputFiles({ name, mimeType: "application/pdf", buffer: bytes });
}
