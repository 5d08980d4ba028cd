// Wrong passwords, the lock, and the fingerprint that stands in for the password.
import { afterAll, beforeAll, expect, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { PASSWORD, type Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { scene } from "../support/scene.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");
const WRONG = "472950";

let people: Ready;
let server: Server;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
});

afterAll(async () => {
  await server?.stop();
});

test("[SCAN-4] [PWD-5] a wrong password says how many tries are left; the right one seals and gives all of them back", async () => {
  await scene(server, people, async (it) => {
    await it.reach("confirm");
    await it.phone.confirm(WRONG);
    await it.phone.sees("密码不对，还可以试 4 次");
    await it.seals(0);
    await it.phone.type(PASSWORD);
    await it.landed();
    await it.phone.go("/password");
    await it.phone.sees("5 次");
  });
});

test("[PWD-2] [SCAN-4] a fingerprint stands in for the password; a refused finger falls back to it; it can be switched off", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    const finger = await phone.fingerprint();
    const toggle = phone.page.getByRole("switch", { name: "指纹代替密码" });
    await phone.go("/password");
    await toggle.click();
    await phone.type(PASSWORD);
    await phone.sees("指纹已开启");
    await see(phone, "password-finger");

    await it.reach("confirm");
    await phone.press("确认签章");
    await it.landed();

    await it.clerk.again();
    await it.reach("confirm");
    await finger.setVerified(false);
    await phone.press("确认签章");
    await phone.sees("没有识别到指纹，请输入证书密码");
    await see(phone, "scan-finger-refused");
    await phone.type(PASSWORD);
    await it.landed();

    await phone.go("/password");
    await toggle.click();
    await phone.page.getByRole("dialog").waitFor();
    await see(phone, "password-finger-off");
    await phone.page.getByRole("dialog").getByRole("button", { name: "关闭指纹" }).click();
    await phone.sees("指纹已关闭");
    await it.clerk.again();
    await it.reach("confirm");
    await phone.press("确认签章");
    await phone.sees("输入证书密码");
    expect(await phone.page.getByRole("button", { name: "改用指纹" }).count()).toBe(0);
    await phone.type(PASSWORD);
    await it.landed();
    await it.seals(3);
  });
});

test("[PWD-5] five wrong tries lock with a countdown, and a restart of the server does not unlock", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    await it.reach("confirm");
    await phone.press("确认签章");
    await phone.missesUntilLocked(WRONG);
    await see(phone, "scan-locked");
    const before = await secondsLeft(phone);
    expect(before).toBeGreaterThan(14 * 60);
    expect(before).toBeLessThanOrEqual(15 * 60);
    expect(await phone.page.getByRole("button", { name: "8", exact: true }).isDisabled()).toBe(true);
    const first = await clock(phone);
    await phone.page.waitForFunction((was) => !document.body.innerText.includes(was), first);

    await server.restart();
    await phone.page.reload();
    await phone.sees("将要加盖");
    await phone.press("确认签章");
    await phone.sees("密码输错次数过多");
    const after = await secondsLeft(phone);
    expect(after).toBeLessThan(before);
    expect(after).toBeGreaterThan(12 * 60);
    expect(await phone.page.getByRole("button", { name: "8", exact: true }).isDisabled()).toBe(true);

    await phone.go("/password");
    await phone.sees("已锁定，剩余时间");
    await see(phone, "password-locked");
    await it.seals(0);
  });
});

const clock = async (phone: Phone): Promise<string> => {
  const text = await phone.page.getByText(/密码输错次数过多/).innerText();
  return /\d+:\d{2}/.exec(text)?.[0] ?? "";
};

async function secondsLeft(phone: Phone): Promise<number> {
  const [minutes, seconds] = (await clock(phone)).split(":").map(Number);
  return (minutes ?? 0) * 60 + (seconds ?? 0);
}
