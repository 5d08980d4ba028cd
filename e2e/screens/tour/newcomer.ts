// What somebody sees who has nothing yet: the introduction, sign-in, real name, password, and the empty lists.
import { Phone, type Specimen } from "../../support/phone.ts";
import type { World } from "../../support/world.ts";
import { type Look, steady } from "./look.ts";

export async function tourNewcomer({ server }: World, look: Look): Promise<void> {
  const { people } = await server.specimens();
  const [person, wrong] = [people.filter((it) => it.behaviour === "match").at(-1), people.find((it) => it.behaviour === "mismatch")];
  if (!person) throw new Error("the sandbox has nobody");
  const phone = await Phone.open(server);
  const see = (screen: string): Promise<void> => look("phone", screen, phone.window);
  try {
    await phone.go("/");
    await phone.sees("下一步");
    await see("welcome");
    await phone.welcome();
    await signIn(phone, person, see);
    await phone.sees(/实名/);
    await see("home-newcomer");
    for (const [path, screen] of [["/units", "units-newcomer"], ["/me", "me-newcomer"], ["/operations", "operations-empty"]] as const) {
      await phone.go(path);
      await steady(phone.page);
      await see(screen);
    }
    await phone.go("/identity");
    await phone.page.getByLabel("姓名").waitFor();
    await see("identity");
    if (wrong) await mistake(phone, wrong, see);
    await phone.identify(person);
    await see("identity-done");
    await setPassword(phone, see);
    await empties(phone, see);
  } finally {
    await phone.close();
  }
}

async function signIn(phone: Phone, person: Specimen, see: (screen: string) => Promise<void>): Promise<void> {
  await see("sign-in");
  await phone.page.getByLabel("手机号").fill(person.phone);
  await phone.press("获取验证码");
  const sent = await phone.server.awaitCode(`+86${person.phone}`);
  await phone.page.getByLabel("短信验证码").fill(sent === "123456" ? "654321" : "123456");
  await phone.page.getByRole("checkbox").check();
  await phone.press(/^登录$/);
  await phone.sees(/验证码(不|错|有误)/);
  await see("sign-in-wrong-code");
  await phone.page.getByLabel("短信验证码").fill(sent);
  await phone.press(/^登录$/);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

async function mistake(phone: Phone, wrong: Specimen, see: (screen: string) => Promise<void>): Promise<void> {
  await phone.page.getByLabel("姓名").fill(wrong.name);
  await phone.page.getByLabel("身份证号").fill(wrong.id_number);
  await phone.press("开始核验");
  await phone.page.getByRole("alert").filter({ hasText: /\S/ }).first().waitFor();
  await see("identity-mismatch");
  await phone.go("/identity");
}

async function setPassword(phone: Phone, see: (screen: string) => Promise<void>): Promise<void> {
  await phone.go("/password/set");
  await phone.sees("设置 6 位数字密码");
  await see("password-set");
  await phone.type("123456");
  await phone.sees(/容易被猜到/);
  await see("password-weak");
  await phone.setPassword();
}

async function empties(phone: Phone, see: (screen: string) => Promise<void>): Promise<void> {
  const pages = [["/", "home-identified"], ["/units", "units-empty"], ["/certificates", "certificates-empty"], ["/seals", "seals-empty"], ["/orders", "orders-empty"], ["/seals/new", "seal-new-empty"], ["/centre", "centre-empty"], ["/device", "device-empty"]] as const;
  for (const [path, screen] of pages) {
    await phone.go(path);
    await steady(phone.page);
    await see(screen);
  }
}
