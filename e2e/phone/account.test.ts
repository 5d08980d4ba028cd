// The account as a whole: where it is signed in, its number, its edition, its end. A number gets one code a minute, so
// a minute passes for whoever needs a second one.
import { afterEach, beforeAll, expect, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

const FREE = "13711112222";
const see = seeing("phone");

let people: Ready;
let server: Server;
const open: Phone[] = [];

beforeAll(async () => {
  people = await ready();
});

afterEach(async () => {
  for (const phone of open.splice(0)) {
    expect(phone.window.foreign).toEqual([]);
    expect(phone.window.errors).toEqual([]);
    await phone.close();
  }
  await server?.stop();
});

async function ownPhone(who: 0 | 1): Promise<Phone> {
  const phone = await Phone.open(server, { from: people.phones[who] });
  open.push(phone);
  return phone;
}

/** A phone that nobody used before, signed in. */
async function newPhone(number: string): Promise<Phone> {
  const phone = await Phone.open(server);
  open.push(phone);
  await phone.welcome();
  server.minutePasses();
  await phone.signIn(number);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return phone;
}

/** Asks for a code on the page and types it. */
async function enterCode(phone: Phone, number: string): Promise<void> {
  const before = await server.newestMessage(`+86${number}`);
  await phone.press(/获取验证码|重新获取/);
  await phone.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${number}`, before));
}

async function answer(phone: Phone, said: string): Promise<void> {
  await phone.page.getByRole("dialog").getByRole("button", { name: said }).click();
}

async function isSignedOut(phone: Phone): Promise<void> {
  await phone.press("我的单位");
  await phone.sees("登录已过期，请重新登录");
}

async function acceptTexts(phone: Phone): Promise<void> {
  await phone.go("/me/cancel");
  await phone.sees("注销须知");
  await phone.page.getByRole("checkbox").check();
  await phone.press("下一步");
  await phone.sees("重要提醒");
  // What was accepted survives a reload.
  await phone.page.reload();
  await phone.sees("重要提醒");
  await phone.page.getByRole("checkbox").check();
  await phone.press("下一步");
}

test("[ACC-8] about and version: the newest one says so, an older one leads to the update", async () => {
  server = await Server.start(people.data);
  const phone = await ownPhone(0);
  await phone.go("/me");
  await phone.press(/^设置$/);
  await phone.press("关于互连");
  await phone.sees("密钥分为两半");
  await phone.go("/me/version");
  await phone.sees("已是最新");
  expect(await phone.page.getByRole("button", { name: "立即更新" }).count()).toBe(0);
  // A server that serves a newer app, for the one question that the page asks.
  await phone.page.route("**/api/v1/system", async (route) => {
    const told = await (await route.fetch()).json();
    await route.fulfill({ json: { ...told, version: "99.0.0" } });
  });
  await phone.go("/me/version");
  await phone.sees("99.0.0");
  await phone.sees("有新版本");
  await see(phone, "version-newer");
  await phone.page.unroute("**/api/v1/system");
  await phone.press("立即更新");
  await phone.sees("已是最新");
});

test("[ACC-3] the legal representative switches on 我的; whoever is none is told so and offered 普通登录", async () => {
  server = await Server.start(people.data);
  const phone = await ownPhone(0);
  await phone.go("/me");
  for (const [now, question] of [["法人版", "切换到法人版？"], ["标准版", "切换到标准版？"]] as const) {
    await phone.press("切换");
    await phone.sees(question);
    if (now === "法人版") await see(phone, "me-edition");
    await answer(phone, "确定");
    await phone.sees(`已切换到${now}`);
    await phone.page.reload();
    await phone.page.locator(".tag", { hasText: now }).waitFor();
    if (now === "法人版") await see(phone, "me-representative");
  }

  const nobody = await Phone.open(server);
  open.push(nobody);
  await nobody.welcome();
  await nobody.pick("法定代表人登录");
  await see(nobody, "sign-in-representative");
  await nobody.signIn(FREE);
  await nobody.sees("您还不是任何单位的法定代表人");
  await see(nobody, "sign-in-none");
  await nobody.press("改用普通登录");
  await nobody.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await nobody.go("/me");
  await nobody.press("切换");
  await answer(nobody, "确定");
  await nobody.sees("您还不是任何单位的法定代表人");
});

test("[ACC-6] without a real name the account ends at once, after notice, reminders, code and question", async () => {
  server = await Server.start(people.data);
  const phone = await newPhone(FREE);
  await acceptTexts(phone);
  await phone.sees("注销立即生效");
  server.minutePasses();
  await enterCode(phone, FREE);
  await see(phone, "cancel-code");
  await phone.press("下一步");
  await phone.page.getByRole("dialog").waitFor();
  await see(phone, "cancel-question");
  await answer(phone, "我再想想");
  await phone.press("下一步");
  await answer(phone, "确定注销");
  await phone.sees("账号已注销");
  await see(phone, "cancel-done");
  await phone.press("回到登录页");
  await phone.page.getByLabel("手机号").waitFor();
});

test("[ACC-6] what must be settled first is shown; with a real name the days run, and a sign-in withdraws the wish", async () => {
  server = await Server.start(people.data);
  const sole = await ownPhone(1);
  await acceptTexts(sole);
  await sole.sees("请先处理以下事项");
  await see(sole, "cancel-first");
  await sole.sees(`您是“${people.companies[1].name}”唯一的管理员`);

  const { people: all } = await server.specimens();
  const one = all.find((it) => it.behaviour === "match" && people.people.every((ready) => ready.phone !== it.phone));
  if (!one) throw new Error("no specimen fits");
  const phone = await newPhone(one.phone);
  await phone.go("/identity");
  await phone.identify(one);
  await acceptTexts(phone);
  await phone.sees("30 天");
  await see(phone, "cancel-days");
  server.minutePasses();
  await enterCode(phone, one.phone);
  await phone.press("下一步");
  await answer(phone, "确定注销");
  await phone.sees("注销申请已提交");
  await see(phone, "cancel-asked");
  await phone.press("回到登录页");
  server.minutePasses();
  await phone.signIn(one.phone);
  await phone.sees("注销申请已撤销");
  await see(phone, "cancel-withdrawn");
  await answer(phone, "知道了");
  await phone.go("/me");
  await phone.sees("已实名");
  expect(await phone.page.getByText("注销申请已撤销").count()).toBe(0);
});

test("[ACC-12] one phone signs another one out, and all others at once", async () => {
  server = await Server.start(people.data);
  const here = await ownPhone(0);
  const there = await newPhone(people.people[0].phone);
  await there.go("/me");
  await here.go("/me/sessions");
  await here.sees("本机");
  const other = here.page.getByRole("button", { name: /.+ 退出登录/ });
  await other.click();
  await here.page.getByRole("dialog").waitFor();
  await see(here, "sessions-question");
  await answer(here, "我再想想");
  expect(await other.count()).toBe(1);
  await other.click();
  await answer(here, "确定");
  await here.sees("没有其他设备登录您的账号");
  await isSignedOut(there);
  await see(there, "sign-in-expired");

  server.minutePasses();
  await there.signIn(people.people[0].phone);
  await there.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await there.go("/me");
  await here.page.reload();
  await here.press("退出其他所有设备");
  await answer(here, "确定");
  await here.sees("已退出 1 台设备");
  await isSignedOut(there);
  await here.go("/me");
  await here.sees("设置");
});

test("[ACC-7] signing out asks first, and the certificates stay", async () => {
  server = await Server.start(people.data);
  const phone = await ownPhone(0);
  await phone.go("/me");
  await phone.press("退出登录");
  await phone.page.getByRole("dialog").waitFor();
  await see(phone, "me-sign-out");
  await answer(phone, "我再想想");
  await phone.sees("设置");
  await phone.press("退出登录");
  await answer(phone, "确定");
  await phone.page.getByLabel("手机号").waitFor();
  server.minutePasses();
  await phone.signIn(people.people[0].phone);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await phone.go("/certificates");
  await phone.sees("可使用");
});

test("[ACC-5] both numbers confirm, other phones are signed out, and the certificates stay under the new number", async () => {
  server = await Server.start(people.data);
  const [me, taken] = [people.people[0].phone, people.people[1].phone];
  const [phone, there] = [await ownPhone(0), await newPhone(me)];
  await there.go("/me");
  await phone.go("/me/settings");
  await phone.press("更换手机号");
  server.minutePasses();
  await enterCode(phone, me);
  const right = await phone.page.getByLabel("短信验证码").inputValue();
  await phone.page.getByLabel("短信验证码").fill(right === "000000" ? "000001" : "000000");
  await phone.press("下一步");
  await phone.sees("验证码不对，还可以试 4 次");
  await phone.page.getByLabel("短信验证码").fill(right);
  await phone.press("下一步");

  await phone.page.getByLabel("新手机号").fill(taken);
  await enterCode(phone, taken);
  await phone.press("确认更换");
  await phone.sees("这个手机号已有账号");
  await see(phone, "phone-change-taken");
  await phone.page.getByLabel("新手机号").fill(FREE);
  await phone.page.reload();
  expect(await phone.page.getByLabel("新手机号").inputValue()).toBe(FREE);
  await enterCode(phone, FREE);
  await phone.press("确认更换");
  await phone.sees("手机号已更换");
  await phone.sees("137****2222");
  await see(phone, "phone-change-done");
  await isSignedOut(there);

  await phone.press("回到我的");
  await phone.press("退出登录");
  await answer(phone, "确定");
  await phone.page.getByLabel("手机号").waitFor();
  server.minutePasses();
  await phone.signIn(FREE);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await phone.go("/certificates");
  await phone.sees("可使用");
  expect(await phone.page.getByText("需补发").count()).toBe(0);
});
