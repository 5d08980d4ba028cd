// A person with a phone: what they do, by the words that they see.
import { expect } from "./expect.ts";
import { addFingerprint, openWindow, type Window, type WindowOptions } from "./chromium.ts";
import type { Server } from "./system.ts";

export interface Specimen {
  name: string;
  id_number: string;
  phone: string;
}

export interface Company {
  name: string;
  uscc: string;
  legal_representative: string;
}

/** Not weak: no run, no repetition, no part of anybody's birth date or number here. */
export const PASSWORD = "836194";

export class Phone {
  private constructor(
    readonly server: Server,
    readonly window: Window,
  ) {}

  static async open(server: Server, options: WindowOptions = {}): Promise<Phone> {
    return new Phone(server, await openWindow({ mobile: true, ...options }));
  }

  get page(): Window["page"] {
    return this.window.page;
  }

  async close(): Promise<void> {
    await this.window.close();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.server.phoneUrl}${path}`);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name }).or(this.page.getByRole("link", { name })).first().click();
  }

  /** One of a list of choices. */
  async pick(name: string | RegExp): Promise<void> {
    await this.page.locator("label").filter({ has: this.page.getByRole("radio"), hasText: name }).first().click();
  }

  async sees(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first(), `sees ${String(words)}`).toBeVisible();
  }

  /** First start: the introduction, then the sign-in page (ACC-1). */
  async welcome(): Promise<void> {
    await this.go("/");
    const begin = this.page.getByRole("button", { name: "立即体验" });
    const next = this.page.getByRole("button", { name: "下一步" });
    for (let turns = 0; turns < 20 && !(await begin.isVisible()); turns++) {
      await begin.or(next).first().waitFor();
      // The pages slide, and the button turns into the other one under the finger.
      await next.click({ timeout: 1_000 }).catch(() => undefined);
      await this.page.waitForTimeout(300);
    }
    await this.press("立即体验");
    await this.page.getByLabel("手机号").waitFor();
  }

  async signIn(phone: string, area = "+86"): Promise<void> {
    const before = await this.server.newestMessage(`${area}${phone}`);
    await this.page.getByLabel("手机号").fill(phone);
    await this.press("获取验证码");
    const sent = await this.server.awaitCode(`${area}${phone}`, before);
    await this.page.getByLabel("短信验证码").fill(sent);
    await this.page.getByRole("checkbox").check();
    await this.page.getByRole("button", { name: "登录", exact: true }).click();
  }

  async identify(person: Specimen): Promise<void> {
    await this.page.getByLabel("姓名").fill(person.name);
    await this.page.getByLabel("身份证号").fill(person.id_number);
    await this.press("开始核验");
    await this.sees("已实名");
  }

  /** Presses the digits on the page's own keyboard. */
  async type(password: string): Promise<void> {
    const pad = this.page.getByRole("group", { name: "数字键盘" });
    for (const digit of password) await pad.getByRole("button", { name: digit, exact: true }).click();
  }

  /** Types a wrong password until there are no tries left. */
  async missesUntilLocked(wrong: string): Promise<void> {
    for (const left of [4, 3, 2, 1]) {
      await this.type(wrong);
      await this.sees(`还可以试 ${left} 次`);
    }
    await this.type(wrong);
    await this.sees("密码输错次数过多");
  }

  async setPassword(password = PASSWORD): Promise<void> {
    await this.sees("设置 6 位数字密码");
    await this.type(password);
    await this.sees("再输入一次");
    await this.type(password);
    await this.page.getByText("密码已设置").or(this.page.getByText("开启指纹验证？")).first().waitFor();
    const later = this.page.getByRole("button", { name: "暂不开启" });
    if (await later.isVisible()) await later.click();
  }

  async registerCompany(company: Company): Promise<void> {
    await this.go("/units/new");
    await this.page.getByLabel("单位全称").fill(company.name);
    await this.page.getByLabel("统一社会信用代码").fill(company.uscc);
    await this.press("核对并注册");
    await this.sees("注册成功");
  }

  /** Buys one certificate for the company at the sandbox cashier and installs it on this phone. */
  async buyAndInstall(company: Company, algorithm: RegExp): Promise<void> {
    await this.buy(company, algorithm);
    await this.type(PASSWORD);
    await this.isInstalled();
  }

  async buy(company: Company, algorithm: RegExp): Promise<void> {
    await this.go("/buy");
    await this.pick(company.name);
    await this.pick(algorithm);
    await this.pay();
  }

  /** From what was chosen, over the cashier, to the installation. */
  async pay(): Promise<void> {
    await this.press("下一步");
    await this.page.getByRole("checkbox").check();
    await this.press("提交订单");
    await this.press("去支付");
    await this.page.waitForURL(/\/sandbox\/cashier\//);
    await this.page.getByRole("button", { name: "支付", exact: true }).click();
    await this.page.getByRole("link", { name: /返回/ }).click();
    await this.sees("支付成功");
    await this.press("立即安装");
  }

  /** A key takes its time. */
  async isInstalled(): Promise<void> {
    await this.page.getByText("证书已经装在本机").waitFor({ timeout: 60_000 });
  }

  async makeSeal(): Promise<void> {
    await this.go("/seals/new");
    await this.press("确认制作");
    await this.press(/^制作$/);
    await this.sees("有效");
  }

  /** The whole way of a newcomer, from the first start to a company with a certificate and a seal. */
  async becomeReady(person: Specimen, company: Company, algorithms: RegExp[]): Promise<void> {
    await this.welcome();
    await this.signIn(person.phone);
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
    await this.go("/identity");
    await this.identify(person);
    await this.go("/password/set");
    await this.setPassword();
    await this.registerCompany(company);
    for (const algorithm of algorithms) await this.buyAndInstall(company, algorithm);
    await this.makeSeal();
  }

  /** The camera's picture was fixed when this phone was started. */
  async scan(): Promise<void> {
    await this.go("/scan");
    await this.page.waitForURL(/\/s\//, { timeout: 30_000 });
  }

  async scanFromAlbum(picture: Buffer): Promise<void> {
    if (!new URL(this.page.url()).pathname.startsWith("/scan")) await this.go("/scan");
    const chooser = this.page.waitForEvent("filechooser");
    await this.press(/相册/);
    await (await chooser).setFiles({ name: "photo.png", mimeType: "image/png", buffer: picture });
  }

  async typeShortCode(code: string): Promise<void> {
    await this.go("/scan/code");
    await this.page.locator("#short-code").fill(code); // Eight characters go on by themselves.
  }

  async match(number: string): Promise<void> {
    await this.page.getByRole("button", { name: number, exact: true }).click();
  }

  /** The certificate of this company and algorithm, then on. */
  async chooseCertificate(algorithm: RegExp): Promise<void> {
    await this.pick(algorithm);
    await this.press("下一步");
  }

  async confirm(password = PASSWORD): Promise<void> {
    await this.press("确认签章");
    await this.type(password);
  }

  fingerprint(): ReturnType<typeof addFingerprint> {
    return addFingerprint(this.window);
  }
}
