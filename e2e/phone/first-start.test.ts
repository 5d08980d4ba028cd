// The first minutes of a phone: the introduction once, the sign-in in both editions, and the real name before everything else.
import { afterEach, beforeAll, expect, test } from "vitest";
import { expect as expectSoon } from "../support/expect.ts";
import { Phone, type Specimen } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

const NOBODY = "13711118888";

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

async function fresh(profile?: string): Promise<Phone> {
  const phone = await Phone.open(server, profile ? { profile } : {});
  open.push(phone);
  return phone;
}

const at = (phone: Phone): string => new URL(phone.page.url()).pathname;

/** A finger from right to left over the page. */
async function swipe(phone: Phone): Promise<void> {
  const session = await phone.window.context.newCDPSession(phone.page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) => session.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
  await touch("touchStart", 330);
  for (let x = 310; x >= 50; x -= 20) await touch("touchMove", x);
  await touch("touchEnd");
  await session.detach();
}

/** Which page of the introduction rests under the finger. */
const page = (phone: Phone): Promise<number> => phone.page.getByRole("region", { name: /功能介绍/ }).evaluate((box) => box.scrollLeft / box.clientWidth);

async function onSignIn(phone: Phone): Promise<void> {
  await phone.page.getByLabel("手机号").waitFor();
  expect(at(phone)).toBe("/sign-in");
}

test("[ACC-1] the introduction is swiped through at the very first start, ends in the sign-in page, and never comes again", async () => {
  server = await Server.start();
  const phone = await fresh();
  const begin = phone.page.getByRole("button", { name: "立即体验" });
  await phone.go("/");
  await phone.page.waitForURL(/\/welcome$/);
  for (const [turn, heading] of ["证书装进手机", "印章随身带"].entries()) {
    await expectSoon(phone.page.getByRole("heading", { name: heading }), heading).toBeVisible();
    expect(await begin.count(), "only the last page has it").toBe(0);
    await swipe(phone);
    await expect.poll(() => page(phone), { message: `after swipe ${turn + 1}` }).toBe(turn + 1);
  }
  await begin.click();
  await onSignIn(phone);
  for (const path of ["/", "/welcome", "/units"]) {
    await phone.go(path);
    await onSignIn(phone);
  }
  await phone.signIn(NOBODY);
  await phone.page.waitForURL((url) => url.pathname !== "/sign-in");
  await phone.go("/me");
  await phone.press("退出登录");
  await phone.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
  await onSignIn(phone);
  // The phone is switched off and on.
  await phone.close();
  open.splice(open.indexOf(phone), 1);
  const again = await fresh(phone.window.profile);
  await again.go("/");
  await onSignIn(again);
});

/** Fills the page's form and presses 登录. */
async function tries(phone: Phone, code: string): Promise<void> {
  await phone.page.getByLabel("短信验证码").fill(code);
  await phone.page.getByRole("button", { name: "登录", exact: true }).click();
}

const other = (code: string, by: number): string => String((Number(code) + by) % 1_000_000).padStart(6, "0");

test("[ACC-2] both agreements are ticked and can be read first; a wrong code says how many tries are left, the fifth kills it", async () => {
  server = await Server.start();
  const phone = await fresh();
  await phone.welcome();
  const { page } = phone;
  const enter = page.getByRole("button", { name: "登录", exact: true });
  await page.getByLabel("手机号").fill("1371111888");
  await page.getByLabel("手机号").blur();
  await phone.sees("请输入所选地区的手机号");
  await page.getByLabel("手机号").fill(NOBODY);
  const before = await server.newestMessage(`+86${NOBODY}`);
  await phone.press("获取验证码");
  const code = await server.awaitCode(`+86${NOBODY}`, before);
  expect(await page.getByRole("button", { name: /秒/ }).isDisabled(), "one code a minute").toBe(true);
  await page.getByLabel("短信验证码").fill(code);
  expect(await enter.isDisabled(), "nothing is agreed to yet").toBe(true);
  for (const name of ["《用户协议》", "《隐私政策》"]) {
    await page.getByRole("link", { name }).click();
    await page.getByRole("heading", { level: 1, name: name.slice(1, -1) }).waitFor();
    await page.getByRole("button", { name: "返回" }).click();
    await page.getByLabel("手机号").waitFor();
  }
  expect(await page.getByLabel("手机号").inputValue(), "what was typed is still there").toBe(NOBODY);
  await page.getByRole("checkbox").check();
  for (const left of [4, 3, 2, 1]) {
    await tries(phone, other(code, left));
    await phone.sees(`验证码不对，还可以试 ${left} 次`);
  }
  await tries(phone, other(code, 5));
  await phone.sees(/还可以试 0 次|输错次数过多/);
  await tries(phone, code);
  await phone.sees("验证码输错次数过多，请重新获取");
  server.minutePasses();
  await page.reload();
  await phone.signIn(NOBODY);
  await page.waitForURL((url) => url.pathname !== "/sign-in");
});

test("[ACC-2] numbers of Hong Kong, Macau and Taiwan sign in by their area; a number of another form is told", async () => {
  server = await Server.start();
  const phone = await fresh();
  await phone.welcome();
  const area = phone.page.getByLabel("国家或地区");
  const number = phone.page.getByLabel("手机号");
  for (const [code, right] of [["+852", "91234567"], ["+853", "66123456"], ["+886", "0912345678"]] as const) {
    await area.selectOption(code);
    await number.fill("13711118888");
    await number.blur();
    await phone.sees("请输入所选地区的手机号");
    const e164 = `${code}${right.replace(/^0/, "")}`;
    await number.fill(right);
    await phone.press("获取验证码");
    await phone.page.getByLabel("短信验证码").fill(await server.awaitCode(e164));
    await phone.page.getByRole("checkbox").check();
    await phone.page.getByRole("button", { name: "登录", exact: true }).click();
    await phone.page.waitForURL((url) => url.pathname !== "/sign-in");
    await phone.go("/me");
    await phone.press("退出登录");
    await phone.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
    await number.waitFor();
  }
});

test("[ACC-2] an area that the operator has added signs in", async () => {
  server = await Server.start(undefined, "short", ["--areas", "+81"]);
  const phone = await fresh();
  await phone.welcome();
  await phone.page.getByLabel("国家或地区").selectOption("+81");
  await phone.page.getByLabel("手机号").fill("090-1234-5678");
  await phone.press("获取验证码");
  await phone.page.getByLabel("短信验证码").fill(await server.awaitCode("+819012345678"));
  await phone.page.getByRole("checkbox").check();
  await phone.page.getByRole("button", { name: "登录", exact: true }).click();
  await phone.page.waitForURL((url) => url.pathname !== "/sign-in");
  await phone.go("/me");
  await phone.sees("90***45678");
});

test("[ACC-2] a legal representative signs in as one", async () => {
  server = await Server.start(people.data);
  const phone = await fresh();
  await phone.welcome();
  await phone.pick("法定代表人登录");
  server.minutePasses();
  await phone.signIn(people.people[0].phone);
  await phone.page.waitForURL((url) => url.pathname !== "/sign-in");
  await phone.go("/me");
  await phone.page.locator(".tag", { hasText: "法人版" }).waitFor();
});

/** Presses an entry of a page, and is at the real-name check, with the way back kept. */
async function isLed(phone: Phone, from: string, entry: string | RegExp, to: string): Promise<void> {
  await phone.go(from);
  await phone.page.getByRole("link", { name: entry }).first().click();
  await isAsked(phone, to);
}

async function isAsked(phone: Phone, to: string): Promise<void> {
  await phone.page.getByLabel("身份证号").waitFor();
  const url = new URL(phone.page.url());
  expect([url.pathname, url.searchParams.get("to")]).toEqual(["/identity", to]);
  await phone.sees("需要先完成实名认证");
}

test("[ACC-11] every entry about certificates, seals, password and scanning leads to the real name, and on from there", async () => {
  server = await Server.start();
  const person = (await server.specimens()).people.find((one) => one.behaviour === "match") as Specimen;
  const phone = await fresh();
  await phone.welcome();
  await phone.signIn(person.phone);
  await phone.page.waitForURL((url) => url.pathname === "/");
  const entries: [string, RegExp, string][] = [
    ["/", /^单位证书/, "/certificates?of=unit"], ["/", /^单位印章/, "/seals?of=unit"], ["/", /^证书密码/, "/password"],
    ["/", /^个人证书/, "/certificates?of=person"], ["/", /^个人印章/, "/seals?of=person"],
    ["/", /^扫一扫 ?登录/, "/scan"], ["/units", /^扫一扫/, "/scan"],
    ["/me", /^证书密码与指纹/, "/password"], ["/me", /^本机与密钥/, "/device"],
    ["/centre", /^购买证书/, "/buy"], ["/centre", /^扫一扫/, "/scan"], ["/centre", /^注册单位/, "/units/new"], ["/centre", /^港澳台/, "/units/new/foreign"],
  ];
  for (const [from, entry, to] of entries) await isLed(phone, from, entry, to);
  // Addresses that were kept, or that the system's camera opens.
  for (const path of ["/scan/code", "/scan/run", "/s/AAECAwQFBgcICQoLDA0ODw", "/seals/new", "/certificates/01900000-0000-7000-8000-000000000000", "/password/set", "/password/change", "/buy/confirm"]) {
    await phone.go(path);
    await isAsked(phone, path);
  }
  await isLed(phone, "/", /^个人印章/, "/seals?of=person");
  await phone.identify(person);
  await phone.press("继续刚才的操作");
  await phone.sees("还没有个人印章");
  expect(at(phone)).toBe("/seals");
  for (const [from, entry] of entries.slice(0, 5)) {
    await phone.go(from);
    await phone.page.getByRole("link", { name: entry }).first().click();
    await phone.page.waitForURL((url) => url.pathname !== from);
    expect(at(phone)).not.toBe("/identity");
  }
});
