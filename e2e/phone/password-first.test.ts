// The first certificate password, and the fingerprint that stands in for it on one phone and on no other.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Company, PASSWORD, Phone, type Specimen } from "../support/phone.ts";
import { Server } from "../support/system.ts";

let server: Server;
let person: Specimen;
let company: Company;
let phone: Phone;

async function open(): Promise<Phone> {
  const opened = await Phone.open(server);
  await opened.welcome();
  server.minutePasses();
  await opened.signIn(person.phone);
  await opened.page.waitForURL((url) => url.pathname !== "/sign-in");
  return opened;
}

beforeAll(async () => {
  server = await Server.start();
  const known = await server.specimens();
  const pairs = known.companies.filter((one) => one.behaviour === "match").map((one) => ({ company: one, person: known.people.find((who) => who.name === one.legal_representative && who.behaviour === "match") }));
  const pair = pairs.find((one) => one.person);
  if (!pair?.person) throw new Error("no specimen fits");
  ({ company, person } = pair as { company: Company; person: Specimen });
  phone = await open();
  await phone.go("/identity");
  await phone.identify(person);
});

afterAll(async () => {
  expect(phone?.window.errors ?? []).toEqual([]);
  await phone?.close();
  await server?.stop();
});

/** Types six digits that are refused, and is told why; nothing was sent, and the page waits for others. */
async function refused(password: string, words: string): Promise<void> {
  await phone.type(password);
  await phone.page.getByRole("alert").filter({ hasText: words }).waitFor();
  await phone.sees("设置 6 位数字密码");
}

test("[PWD-1] twice the same six digits; what others would guess is refused, after a reload too; then the fingerprint is offered", async () => {
  await phone.fingerprint();
  // Nothing of what was typed on earlier pages is left: the birth date and the number come from the server.
  await phone.go("/password/set");
  await phone.page.reload();
  await phone.sees("设置 6 位数字密码");
  const born = person.id_number.slice(6, 14);
  for (const part of [born.slice(2), born.slice(0, 6), born.slice(4) + born.slice(2, 4)]) await refused(part, "不能使用出生日期");
  for (const part of [person.phone.slice(-6), person.phone.slice(1, 7)]) {
    await phone.type(part);
    await phone.page.getByRole("alert").filter({ hasText: /不能使用手机号里的数字|数字重复太多|连续的数字/ }).waitFor();
  }
  await refused("909090", "数字重复太多");
  await refused("345678", "连续的数字");
  await phone.type(PASSWORD);
  await phone.sees("再输入一次");
  await phone.type("836195");
  await phone.page.getByRole("alert").filter({ hasText: "两次输入不一样" }).waitFor();
  await phone.type(PASSWORD);
  await phone.sees("再输入一次");
  await phone.type(PASSWORD);
  await phone.sees("开启指纹验证？");
  await phone.press("开启指纹");
  await phone.sees("密码已设置");
});

const toggle = (of: Phone) => of.page.getByRole("switch", { name: "指纹代替密码" });

test("[PWD-2] the fingerprint stands in where the password is asked, on this phone and no other, until it is switched off", async () => {
  await phone.registerCompany(company);
  await phone.buy(company, /RSA/);
  // No digit is typed: the certificate comes by the finger alone.
  await phone.isInstalled();
  expect(await phone.page.getByRole("group", { name: "数字键盘" }).count()).toBe(0);
  await phone.go("/password");
  expect(await toggle(phone).getAttribute("aria-checked")).toBe("true");

  const other = await open();
  try {
    await other.fingerprint();
    await other.go("/password");
    expect(await toggle(other).getAttribute("aria-checked"), "each phone has its own").toBe("false");
  } finally {
    await other.close();
  }

  await toggle(phone).click();
  await phone.page.getByRole("dialog").getByRole("button", { name: "关闭指纹" }).click();
  await phone.sees("指纹已关闭");
  await phone.buy(company, /SM2/);
  await phone.sees("输入证书密码");
  await phone.type(PASSWORD);
  await phone.isInstalled();
});
