// What operators write for everybody, what a phone tells of its faults, and the guides.
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { makeByCommandLine, Operator } from "../support/operator.ts";
import { Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

const [see, seen] = [seeing("phone"), seeing("console")];

let people: Ready;
let server: Server;
let editor: Operator;
let guard: Operator;
let phone: Phone;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
  [editor, guard] = await Promise.all([Operator.open(server, "王编辑"), Operator.open(server, "赵安全")]);
  await editor.signInFirst(makeByCommandLine(server, editor.name, "content"));
  await guard.signInFirst(makeByCommandLine(server, guard.name, "security"));
  phone = await Phone.open(server, { from: people.phones[0] });
});

afterAll(async () => {
  expect(phone?.window.foreign ?? []).toEqual([]);
  await Promise.all([editor, guard, phone].map((one) => one?.close()));
  await server?.stop();
});

/** Writes a draft and shows it to everybody. */
async function publish(kind: string, fill: () => Promise<void>): Promise<void> {
  await editor.go("/content");
  await editor.press(kind);
  await editor.press("新建");
  await fill();
  await editor.press("保存");
  await editor.page.getByRole("dialog").waitFor({ state: "hidden" });
  await editor.sees("草稿");
  await editor.press("发布");
  await editor.page.locator(".el-message-box").getByRole("button", { name: "发布" }).click();
  await editor.sees("已发布");
}

test("[ACC-10] an editor publishes a question and the customer service's number, and phones have them", async () => {
  await phone.go("/help");
  await phone.sees("还没有常见问题");
  await see(phone, "help-empty");
  await publish("常见问题", async () => {
    await editor.page.getByLabel("分类", { exact: true }).fill("证书");
    await editor.page.getByLabel("问题", { exact: true }).fill("证书到期了怎么办？");
    await editor.page.getByLabel("回答", { exact: true }).fill("到期前可以续期。\n到期后请重新购买。");
    await seen(editor, "content-question");
  });
  await publish("客服联系方式", async () => {
    await editor.page.getByLabel("方式", { exact: true }).selectOption("phone");
    await editor.page.getByLabel("名称", { exact: true }).fill("工作日 9:00 至 18:00");
    await editor.page.getByLabel("号码或内容", { exact: true }).fill("400 000 0000");
    await seen(editor, "content-contact");
  });
  await seen(editor, "content");
  await phone.go("/me");
  await phone.press("常见问题");
  await phone.page.getByLabel("搜索问题").fill("没有的词");
  await phone.sees("没有找到相关问题");
  await see(phone, "help-none");
  await phone.page.getByLabel("搜索问题").fill("续期");
  await phone.page.getByText("证书到期了怎么办？").click();
  await phone.sees("到期后请重新购买。");
  await see(phone, "help");
  await phone.press("我的客服");
  await phone.sees("400 000 0000");
  await see(phone, "contacts");
  expect(await phone.page.getByRole("link", { name: "拨打" }).getAttribute("href")).toBe("tel:4000000000");
});

test("[ACC-10] a published agreement takes the place of the sample, and a question that is taken back goes", async () => {
  await phone.go("/agreements/user");
  await phone.sees("以上为系统自带的示范文本");
  await publish("协议", async () => {
    await editor.page.getByLabel("标题", { exact: true }).fill("用户协议（2026 版）");
    await editor.page.getByLabel(/正文/).fill("一、总则\n请认真阅读。\n\n二、其他\n没有其他。");
    await seen(editor, "content-agreement");
  });
  await phone.go("/agreements/user");
  await phone.page.getByRole("heading", { name: "二、其他" }).waitFor();
  await see(phone, "agreement-published");
  // What people have read does not change: only a new one can be begun from it.
  expect(await editor.page.getByRole("button", { name: "修改" }).count()).toBe(0);
  await editor.press("常见问题");
  await editor.press("下线");
  await editor.page.locator(".el-message-box").getByRole("button", { name: "下线" }).click();
  await editor.sees("已下线");
  await phone.go("/help");
  await phone.sees("还没有常见问题");
});

test("[ACC-9] the repair tool sends the log on the person's word, and security reads it", async () => {
  // A fault as a program makes it, with somebody's number in it.
  const breaks = async () => {
    await phone.page.evaluate(() => setTimeout(() => { throw new Error("broken for 13900000001"); }, 0));
    await phone.page.waitForTimeout(200);
    phone.window.errors.length = 0;
    await phone.page.reload();
  };
  await phone.go("/me/repair");
  await breaks();
  await phone.press("清空日志");
  await phone.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
  await phone.sees("这部手机没有故障记录");
  await see(phone, "repair-empty");
  await breaks();
  await phone.page.getByText("查看日志内容").click();
  await phone.sees(/broken for #/);
  await see(phone, "repair");
  expect(await phone.page.locator("pre").innerText()).not.toContain("13900000001");
  await phone.press("上传日志");
  await phone.page.getByRole("dialog").waitFor();
  await see(phone, "repair-question");
  await phone.page.getByRole("dialog").getByRole("button", { name: "我再想想" }).click();
  await phone.press("上传日志");
  await phone.page.getByRole("dialog").getByRole("button", { name: "上传日志" }).click();
  await phone.sees("日志已上传");
  await see(phone, "repair-sent");
  const id = await phone.page.locator("code").innerText();
  await guard.go("/faults");
  await guard.page.getByRole("row", { name: new RegExp(id) }).waitFor();
  await seen(guard, "faults");
  await guard.page.getByRole("row", { name: new RegExp(id) }).getByRole("button", { name: "查看" }).click();
  await guard.sees(/broken for #/);
  await seen(guard, "fault");
  await guard.page.keyboard.press("Escape");
  await guard.go("/audit");
  await guard.sees("查看日志");
});

test("[REC-2] the guides for unit and personal certificates stand on the home page", async () => {
  for (const [entry, heading] of [["单位证书怎样用", "在哪里能用"], ["个人证书怎样用", "续期和补发"]] as const) {
    await phone.go("/");
    await phone.page.getByRole("link", { name: new RegExp(`^${entry}`) }).click();
    await phone.page.getByRole("heading", { name: heading }).waitFor();
  }
  await phone.go("/guides");
  expect(await phone.page.getByRole("listitem").count()).toBeGreaterThanOrEqual(7);
});
