// A member of a unit asks for a certificate and a seal, an administrator decides on another phone, and the member buys and uses them.
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { PASSWORD, Phone, type Specimen } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");

let people: Ready;
let server: Server;
/** The legal representative of the first company; a member of it, who has a company of their own. */
let head: Phone, clerk: Phone;
let company: string, unit: string, name: string;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
  [head, clerk] = await Promise.all([Phone.open(server, { from: people.phones[0] }), Phone.open(server, { from: people.phones[1] })]);
  [company, name] = [people.companies[0].name, people.people[1].name];
  await join(clerk);
  await head.go("/units");
  await head.press(new RegExp(company));
  await head.page.getByLabel("1 项待办").waitFor();
  unit = new URL(head.page.url()).pathname;
  await decide("通过");
});

afterAll(async () => {
  const errors = [head, clerk].flatMap((phone) => phone?.window.errors ?? []);
  await Promise.all([head?.close(), clerk?.close()]);
  await server?.stop();
  expect(errors).toEqual([]);
});

async function join(phone: Phone): Promise<void> {
  await phone.go("/units/join");
  await phone.page.getByLabel("单位名称或统一社会信用代码").fill(company.slice(0, 4));
  await phone.press("搜索");
  await phone.press(new RegExp(company));
  await phone.page.getByLabel("申请说明").fill("投标部");
  await phone.press("发送申请");
  await phone.sees("待审核加入");
}

async function transfer(phone: Phone, to: string): Promise<void> {
  await phone.go(`${unit}/transfer`);
  await phone.page.getByRole("radio", { name: new RegExp(to) }).check();
  await phone.press("完成");
  await phone.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
  await phone.page.waitForURL((url) => url.pathname === unit);
}

/** The administrator decides what waits. */
async function decide(verdict: "通过" | "拒绝", of = name, reason = ""): Promise<void> {
  if (!head.page.url().endsWith("/tasks")) await head.go(`${unit}/tasks`);
  await head.press(`${verdict} ${of} 的申请`);
  const dialog = head.page.getByRole("dialog");
  if (reason !== "") await dialog.getByRole("textbox").fill(reason);
  await dialog.getByRole("button", { name: verdict, exact: true }).click();
  await head.sees("没有待办任务");
}

/** From the unit's page to the end of the form; the records show it as waiting. */
async function askForCertificate(reason: string): Promise<void> {
  await clerk.go(unit);
  await clerk.page.getByRole("link", { name: "申请单位证书" }).click();
  await clerk.page.getByRole("checkbox", { name: /SM2/ }).check();
  await clerk.page.getByLabel("申请说明").fill(reason);
  await clerk.press("提交申请");
  await clerk.page.waitForURL((url) => url.pathname === "/applications");
  await clerk.sees("待审核");
}

test("[CERT-9] [MEM-7] [MEM-8] a certificate is asked for, refused with a reason, asked for again and passed; each shows on the other phone", async () => {
  await head.go(`${unit}/tasks`);
  await clerk.go(unit);
  await clerk.page.getByRole("link", { name: "申请单位证书" }).click();
  await clerk.sees("可用于：沙箱交易平台");
  const send = clerk.page.getByRole("button", { name: "提交申请" });
  expect(await send.isDisabled(), "nothing is picked").toBe(true);
  await clerk.page.getByRole("checkbox", { name: /SM2/ }).check();
  await clerk.page.getByLabel("申请说明").fill("想试试");
  await clerk.page.reload();
  await expect.poll(() => clerk.page.getByRole("checkbox", { name: /SM2/ }).isChecked(), { message: "what was picked survives a reload" }).toBe(true);
  await see(clerk, "certificate-ask");
  await send.click();
  await clerk.page.waitForURL((url) => url.pathname === "/applications");
  await clerk.sees(/使用 .*SM2/);
  await head.sees(/申请使用 .*SM2/);
  await see(head, "tasks-certificate");
  await decide("拒绝", name, "先说明用途");
  await clerk.sees("管理员回复：先说明用途");
  await clerk.go("/certificates");
  expect(await clerk.page.getByText("未购买").count(), "a refusal gives nothing").toBe(0);

  await askForCertificate("本月城东项目投标");
  await clerk.go(`/certificates/apply?unit=${unit.split("/").pop()}`);
  await expect.poll(() => clerk.page.getByRole("checkbox", { name: /SM2/ }).isDisabled(), { message: "what waits is not asked for twice" }).toBe(true);
  await clerk.go("/applications");
  await decide("通过");
  await clerk.sees("已通过");
  await see(clerk, "applications-certificate");
});

test("[CERT-9] once passed, the member has an unbought certificate, buys it and installs it", async () => {
  await clerk.go("/certificates");
  await clerk.sees("未购买");
  await see(clerk, "certificates-unbought");
  await clerk.page.getByRole("link", { name: /未购买/ }).click();
  await clerk.press("购买证书");
  await clerk.page.waitForURL((url) => url.pathname === "/buy");
  await clerk.sees(/SM2/);
  expect(await clerk.page.getByRole("radio", { name: /RSA/ }).count(), "what is not granted is not sold").toBe(0);
  await clerk.pay();
  await clerk.type(PASSWORD);
  await clerk.isInstalled();
});

test("[SEAL-6] [MEM-7] [MEM-8] a seal is asked for until a day, lent, and greyed when the time is over", async () => {
  await clerk.go("/seals");
  await clerk.sees("您还没有这个单位的印章授权");
  await clerk.press("申请印章授权");
  await clerk.page.getByRole("checkbox", { name: /公章/ }).check();
  await clerk.page.getByLabel("申请说明").fill("盖城东项目的投标文件");
  await clerk.page.getByLabel("授权有效期至").fill("2020-01-01");
  await clerk.sees("不能早于今天");
  expect(await clerk.page.getByRole("button", { name: "提交申请" }).isDisabled(), "a day that is over").toBe(true);
  const until = await clerk.page.getByLabel("授权有效期至").getAttribute("min");
  await clerk.page.getByLabel("授权有效期至").fill(until ?? "");
  await see(clerk, "seal-ask");
  await clerk.press("提交申请");
  await clerk.sees(`使用公章，到 ${until}`);
  await head.go(`${unit}/tasks`);
  await head.sees(`申请使用公章，到 ${until}`);
  await head.page.getByRole("img", { name: "公章" }).waitFor();
  await see(head, "tasks-seal");
  await decide("通过");
  await clerk.sees("已通过");

  await clerk.go("/seals");
  await clerk.sees("已授权");
  await clerk.sees(`至 ${until}`);
  await see(clerk, "seals-lent");
  server.grantsEnd();
  await clerk.page.reload();
  await clerk.sees("已失效");
  await see(clerk, "seals-ended");
  await clerk.page.getByRole("link", { name: /已失效/ }).click();
  await clerk.sees("授权已到期");
  expect(await clerk.page.getByRole("link", { name: "扫码盖章" }).count(), "nothing to seal with").toBe(0);
  await clerk.press("申请印章授权");
  await clerk.page.getByRole("checkbox", { name: /公章/ }).waitFor();
});

test("[MEM-5] whoever gave the administrator's place away asks anew, and the certificate goes on with what is left of its term", async () => {
  await transfer(head, name);
  const known = await server.specimens();
  const newcomer = known.people.find((one) => one.behaviour === "match" && !people.people.some(({ phone }) => phone === one.phone)) as Specimen;
  const third = await Phone.open(server);
  try {
    await third.welcome();
    await third.signIn(newcomer.phone);
    await third.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await third.go("/identity");
    await third.identify(newcomer);
    await join(third);
    await decide("通过", newcomer.name);
  } finally {
    await third.close();
  }
  await transfer(clerk, newcomer.name);

  await clerk.go("/certificates");
  await clerk.page.getByRole("link", { name: /SM2/ }).click();
  await clerk.sees("管理员没有授权您使用");
  const until = await clerk.page.locator("time").first().innerText();
  await see(clerk, "certificate-suspended");
  await clerk.press("申请证书");
  await clerk.page.waitForURL((url) => url.pathname === "/certificates/apply" && url.searchParams.get("unit") === unit.split("/").pop());
  await askForCertificate("继续负责投标");
  await decide("通过");
  await clerk.go("/certificates");
  await clerk.page.getByRole("link", { name: /SM2/ }).click();
  await clerk.sees("首次安装不占补发次数");
  await clerk.press("安装到本机");
  await clerk.type(PASSWORD);
  await clerk.page.getByText("可使用").waitFor({ timeout: 60_000 });
  await clerk.sees("免费 3 次");
  expect(await clerk.page.locator("time").first().innerText(), "the term goes on").toBe(until);
});
