// Changing the certificate password: on the phone that is in hand, and what the other phones make of it.
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { PASSWORD, Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { scene } from "../support/scene.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");
const [NEW, WRONG] = ["730184", "472950"];

let people: Ready;
let server: Server;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
});

afterAll(async () => {
  await server?.stop();
});

/** From the password page to the new password, without a slip. */
async function change(phone: Phone, present: string, next: string): Promise<void> {
  await phone.go("/password");
  await phone.press("修改密码");
  await phone.sees("输入现在的密码");
  await phone.type(present);
  await phone.sees("输入新密码");
  await phone.type(next);
  await phone.sees("再输入一次新密码");
  await phone.type(next);
  await phone.sees("密码已修改");
}

/** From the page that asks for the code to the one that asks for a password. */
async function showsNumber(phone: Phone, number: string): Promise<void> {
  server.minutePasses();
  await phone.sees("接收验证码的手机号");
  const before = await server.newestMessage(`+86${number}`);
  await phone.press("获取验证码");
  await phone.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${number}`, before));
  await phone.press("下一步");
}

async function setsAnother(phone: Phone, next: string): Promise<void> {
  await phone.sees("设置新密码");
  await phone.type(next);
  await phone.sees("再输入一次新密码");
  await phone.type(next);
  await phone.sees("密码已重设");
}

test("[PWD-3] a slip at any step is told and loses nothing; then only the new password seals", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    await phone.go("/password");
    await phone.press("修改密码");
    await phone.sees("输入现在的密码");
    await see(phone, "password-change");
    await phone.type(WRONG);
    for (const _ of ["new", "again"]) await phone.type(NEW);
    await phone.sees("现在的密码不对，还可以试 4 次");
    await see(phone, "password-change-wrong");
    await phone.type(PASSWORD);
    for (const [password, told] of [[PASSWORD, "和现在的密码一样"], ["111111", "数字重复太多"]] as const) {
      await phone.type(password);
      await phone.sees(told);
    }
    await phone.type(NEW);
    await phone.type(WRONG);
    await phone.sees("两次输入不一样");
    await see(phone, "password-change-twice");
    for (const _ of ["new", "again"]) await phone.type(NEW);
    await phone.sees("密码已修改");
    await phone.sees("5 次");

    await it.reach("confirm");
    await phone.confirm(PASSWORD);
    await phone.sees("密码不对，还可以试 4 次");
    await phone.type(NEW);
    await it.landed();
    await it.seals(1);
    await change(phone, NEW, PASSWORD);
  });
});

test("[PWD-3] changed on another phone, the former password is asked for once and no certificate is lost", async () => {
  const other = await Phone.open(server);
  try {
    await other.welcome();
    server.minutePasses();
    await other.signIn(people.people[0].phone);
    await other.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await change(other, PASSWORD, NEW);
    expect(other.window.errors).toEqual([]);
  } finally {
    await other.close();
  }
  await scene(server, people, async (it) => {
    const { phone } = it;
    await it.reach("confirm");
    const waiting = phone.page.url();
    await phone.confirm(NEW);
    await phone.sees("证书密码在另一部手机上改过");
    await see(phone, "scan-password-elsewhere");
    await phone.go("/password");
    await phone.sees("更新本机的证书");
    await see(phone, "password-outdated");
    await phone.press("更新本机的证书");
    await phone.sees("输入修改前的密码");
    await see(phone, "password-renew");
    await phone.type(WRONG);
    await phone.sees("输入现在的密码");
    await phone.type(NEW);
    await phone.sees("密码不对，还可以试");
    await phone.type(PASSWORD);
    await phone.sees("输入现在的密码");
    await phone.type(NEW);
    await phone.sees("本机的证书已更新");
    expect(await phone.page.getByText("要先更新才能使用").count()).toBe(0);

    // The scan has waited.
    await phone.page.goto(waiting);
    await it.finish(NEW);
    await it.seals(1);
  });
});

test("[PWD-4] forgotten and locked inside a scan: another password by text message, the scan goes on, and every certificate is still there", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    const number = people.people[0].phone;
    await it.reach("confirm");
    await phone.press("确认签章");
    await phone.missesUntilLocked(WRONG);
    await phone.press("忘记密码？");

    // A slip is told and needs no other code.
    await showsNumber(phone, number);
    await phone.sees("设置新密码");
    await phone.type("111111");
    await phone.sees("数字重复太多");
    await phone.type(NEW);
    await phone.sees("再输入一次新密码");
    await phone.type(WRONG);
    await phone.sees("两次输入不一样");
    await setsAnother(phone, NEW);
    expect(await server.newestMessage(`+86${number}`)).toContain("正在通过短信验证码重设");

    await phone.sees("将要加盖");
    await it.finish(NEW);
    await it.seals(1);
    // The other certificate of this phone, which nobody touched.
    await it.clerk.again();
    await it.reach("match");
    await phone.match(await it.clerk.matchNumber());
    await phone.chooseCertificate(/SM2/);
    await phone.sees("将要加盖");
    await it.finish(NEW);
    await it.seals(2);
    await change(phone, NEW, PASSWORD);
  });
});

test("[PWD-4] changed on another phone and the former one forgotten: code and present password bring this phone's certificates along", async () => {
  const number = people.people[0].phone;
  const other = await Phone.open(server);
  try {
    await other.welcome();
    server.minutePasses();
    await other.signIn(number);
    await other.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await other.go("/password");
    await other.press("忘记密码");
    await showsNumber(other, number);
    await setsAnother(other, NEW);
    expect(other.window.errors).toEqual([]);
  } finally {
    await other.close();
  }
  await scene(server, people, async (it) => {
    const { phone } = it;
    await phone.go("/password");
    await phone.press("更新本机的证书");
    await phone.press("忘记修改前的密码？");
    await showsNumber(phone, number);
    await phone.sees("输入现在的密码");
    await phone.type(WRONG);
    await phone.sees("密码不对，还可以试 4 次");
    await phone.type(NEW);
    await phone.sees("本机的证书已更新");
    await it.reach("confirm");
    await it.finish(NEW);
    await it.seals(1);
    await change(phone, NEW, PASSWORD);
  });
});
