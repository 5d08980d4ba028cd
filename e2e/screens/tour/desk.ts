// The bid tool without a phone beside it: nothing open, the ways of placing, its questions and its bad days.
import { Clerk } from "../../support/desk.ts";
import { paper } from "../../support/paper.ts";
import type { World } from "../../support/world.ts";
import { changed } from "../../verify/changed.ts";
import type { Look } from "./look.ts";

export async function tourDesk({ server }: World, look: Look): Promise<void> {
  const clerk = await Clerk.open(server);
  const see = (screen: string): Promise<void> => look("desk", screen, clerk.window);
  try {
    await see("empty");
    await clerk.openFiles([{ name: "某市政务云平台扩容项目投标文件（商务部分）.pdf", bytes: paper(12) }]);
    await see("document");
    await placing(clerk, see);
    await questions(clerk, see);
    await strangers(clerk, see);
  } finally {
    await clerk.close();
  }
}

async function placing(clerk: Clerk, see: (screen: string) => Promise<void>): Promise<void> {
  await clerk.place({ kind: "当前页" });
  await clerk.see("将盖 1 处");
  await see("place-page");
  await clerk.place({ kind: "全部页" });
  await clerk.see("将盖 12 处");
  await see("place-all");
  await clerk.place({ kind: "页码范围", ranges: "1-3,5" });
  await clerk.see("将盖 4 处");
  await see("place-ranges");
  await clerk.page.getByPlaceholder(/如 1-3,5/).fill("5-x");
  await clerk.see(/看不懂/);
  await see("place-ranges-wrong");
  await clerk.place({ kind: "骑缝章" });
  await clerk.see("将盖 12 处");
  await see("place-straddle");
  await clerk.place({ kind: "关键字", text: "投标人（盖章）" });
  await see("place-keyword");
  await clerk.page.getByPlaceholder(/投标人（盖章）/).fill("没有的词");
  await clerk.see(/没有找到/);
  await see("place-keyword-none");
  await clerk.tab("印章");
  await see("seals-none");
  await clerk.tab("验签");
  await clerk.see("文件上没有印章");
  await see("verification-none");
  await clerk.tab("盖章");
}

async function questions(clerk: Clerk, see: (screen: string) => Promise<void>): Promise<void> {
  await clerk.page.getByRole("button", { name: "快捷键" }).click();
  await clerk.page.getByRole("dialog").first().waitFor();
  await see("help");
  await clerk.page.keyboard.press("Escape");
  await clerk.page.getByRole("button", { name: "更多保存方式" }).click();
  await clerk.page.getByRole("menuitem", { name: /另存到/ }).click();
  await clerk.page.getByRole("dialog", { name: /另存到/ }).waitFor();
  await see("save-as");
  await clerk.page.keyboard.press("Escape");
  await clerk.page.getByRole("dialog", { name: /另存到/ }).waitFor({ state: "hidden" });
}

/** The last number that says where the table of objects is leads nowhere. */
function damaged(pdf: Buffer): Buffer {
  const copy = Buffer.from(pdf);
  const at = copy.lastIndexOf("startxref") + "startxref".length + 1;
  copy.fill("1", at, copy.indexOf("\n", at));
  return copy;
}

async function strangers(clerk: Clerk, see: (screen: string) => Promise<void>): Promise<void> {
  const chooser = clerk.page.waitForEvent("filechooser");
  await clerk.page.getByRole("button", { name: /打开 PDF/ }).first().click();
  await (await chooser).setFiles({ name: "说明.pdf", mimeType: "application/pdf", buffer: Buffer.from("not a PDF at all") });
  await clerk.page.getByText(/说明\.pdf/).first().waitFor();
  await see("open-refused");
  await clerk.openFiles([{ name: "损坏过的标书.pdf", bytes: damaged(paper(2)) }]);
  await clerk.see(/打开时已经修复重写/);
  await see("document-repaired");
  const plain = clerk.desk.address.replace(/#.*/, "");
  await clerk.window.context.clearCookies();
  await clerk.page.goto("about:blank");
  await clerk.page.goto(plain);
  await clerk.see("请从投标管家给出的地址打开");
  await see("locked");
}

/** A file that somebody changed after it was sealed. */
export async function tourAltered({ server }: World, sealed: Buffer, look: Look): Promise<void> {
  const clerk = await Clerk.open(server);
  try {
    await clerk.openFiles([{ name: "投标函-改动.pdf", bytes: changed(sealed) }]);
    await clerk.tab("验签");
    await clerk.see("无效");
    await look("desk", "verification-invalid", clerk.window);
  } finally {
    await clerk.close();
  }
}

/** The last part of a tour: the server is gone afterwards. */
export async function tourAlone(world: World, look: Look): Promise<void> {
  await world.server.kill();
  await world.clerk.see(/连不上服务器/);
  await look("desk", "server-away", world.clerk.window);
  const phone = await world.phone(1);
  try {
    await phone.page.goto(world.server.phoneUrl).catch(() => undefined);
    await phone.sees(/连不上|没有连上|网络/);
    await look("phone", "unreachable", phone.window);
  } finally {
    await phone.close();
  }
}
