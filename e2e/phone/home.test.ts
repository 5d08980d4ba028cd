// Home, its tabs, one's own certificates and seals, and the application centre: two people, one of whom asks to join the other's unit.
import { afterAll, beforeAll, expect, test } from "vitest";
import { expect as expectSoon } from "../support/expect.ts";
import { PASSWORD, Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

let people: Ready;
let server: Server;
/** Who administers the first company; who asks to join it. */
let head: Phone, clerk: Phone;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
  [head, clerk] = await Promise.all([Phone.open(server, { from: people.phones[0] }), Phone.open(server, { from: people.phones[1] })]);
});

afterAll(async () => {
  const errors = [head, clerk].flatMap((phone) => phone?.window.errors ?? []);
  await Promise.all([head?.close(), clerk?.close()]);
  await server?.stop();
  expect(errors).toEqual([]);
});

const entry = (phone: Phone, name: string) => phone.page.getByRole("navigation", { name: "我的服务" }).getByRole("link", { name: new RegExp(`^${name}`) });

async function opens(phone: Phone, name: string, words: string | RegExp): Promise<void> {
  await phone.go("/");
  await entry(phone, name).click();
  await phone.sees(words);
}

test("[HOME-1] 首页, 我的单位, 我的 and 扫一扫 among them, from each of them", async () => {
  await head.go("/");
  const tabs = head.page.getByRole("navigation", { name: "主导航" });
  await tabs.waitFor();
  expect(await tabs.getByRole("link").allInnerTexts()).toEqual(["首页", "我的单位", "扫一扫", "我的"]);
  for (const [tab, path] of [["我的单位", "/units"], ["我的", "/me"], ["首页", "/"]] as const) {
    await tabs.getByRole("link", { name: tab, exact: true }).click();
    await head.page.waitForURL((url) => url.pathname === path);
    await tabs.locator('[aria-current="page"]').filter({ hasText: tab }).waitFor();
  }
  await tabs.getByRole("link", { name: "扫一扫" }).click();
  await head.page.waitForURL((url) => url.pathname === "/scan");
});

test("[HOME-1] home tells how many certificates and seals are one's own, and leads to each of them", async () => {
  await head.go("/");
  for (const [name, side] of [["单位证书", "2 张"], ["单位印章", "1 枚"], ["个人证书", "还没有"], ["个人印章", "还没有"], ["证书密码", "已设置"], ["应用中心", "申请与待办"]] as const) {
    await expectSoon(entry(head, name).getByText(side), `${name}: ${side}`).toBeVisible();
  }
  await opens(head, "单位证书", people.companies[0].name);
  await opens(head, "单位印章", people.companies[0].name);
  await head.sees("公章");
  await opens(head, "证书密码", "修改密码");
  await opens(head, "个人印章", "还没有个人印章");
  await head.press("查看个人证书");
  await head.sees("还没有个人证书");
  await head.press("购买证书");
  await head.page.waitForURL((url) => url.pathname === "/buy" && url.searchParams.get("unit") === "me");
  await head.pick(/RSA/);
  await head.pay();
  await head.type(PASSWORD);
  await head.isInstalled();
  await head.go("/");
  await expectSoon(entry(head, "个人证书").getByText("1 张"), "the personal certificate counts").toBeVisible();
  await opens(head, "个人证书", "可使用");
  await head.sees("个人");
});

test("[HOME-1] the application centre: asked on one phone, to do on the other, decided; a member has no seal before one is lent", async () => {
  await opens(clerk, "应用中心", "还没有申请");
  await clerk.page.getByRole("navigation", { name: "可以办理" }).getByRole("link", { name: "加入单位" }).click();
  await clerk.page.getByLabel("单位名称或统一社会信用代码").fill(people.companies[0].name.slice(0, 4));
  await clerk.press("搜索");
  await clerk.press(new RegExp(people.companies[0].name));
  await clerk.page.getByLabel("申请说明").fill("投标部");
  await clerk.press("发送申请");
  await clerk.sees("待审核加入");
  await opens(clerk, "应用中心", "待审核");

  await opens(head, "应用中心", "1 项待办");
  await head.page.getByRole("navigation", { name: "待办任务" }).getByRole("link", { name: new RegExp(people.companies[0].name) }).click();
  await head.press(`通过 ${people.people[1].name} 的申请`);
  await head.page.getByRole("dialog").getByRole("button", { name: "通过", exact: true }).click();
  // The page of the other phone was open all the time.
  await clerk.sees("已通过");
  await clerk.press("全部申请记录");
  await clerk.sees("说明：投标部");
  await opens(head, "应用中心", "没有待办");

  // The unit's seal stands in the unit's place; it is nobody's own but the administrator's.
  await clerk.go("/");
  await expectSoon(entry(clerk, "单位印章").getByText("1 枚"), "that of the clerk's own company").toBeVisible();
  await entry(clerk, "单位印章").click();
  await clerk.sees(people.companies[0].name);
  await clerk.sees("您还没有这个单位的印章授权");
  expect(await clerk.page.getByRole("img", { name: `${people.companies[0].name}的公章` }).count()).toBe(0);
  expect(await clerk.page.getByRole("img", { name: `${people.companies[1].name}的公章` }).count()).toBe(1);
  await clerk.press("查看单位");
  await clerk.page.getByRole("link", { name: /的公章/ }).click();
  await clerk.sees("您还没有它的授权");
  expect(await clerk.page.getByRole("link", { name: "扫码盖章" }).count(), "nothing to seal with").toBe(0);
});

test("[HOME-1] the guides stand on home, and a sealed file is verified from the centre", async () => {
  await head.go("/");
  for (const name of ["单位证书怎样用", "个人证书怎样用"]) await head.sees(name);
  await opens(head, "应用中心", "常用应用");
  const verify = head.page.getByRole("link", { name: /文件验签/ });
  const [page] = await Promise.all([head.window.context.waitForEvent("page"), verify.click()]);
  await page.getByRole("heading", { level: 1 }).waitFor();
  expect(new URL(page.url()).origin).toBe(server.publicUrl);
  await page.close();
});
