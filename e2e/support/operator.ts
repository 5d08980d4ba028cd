// An operator at a desk: what they do, by the words that they see.
import { execFileSync } from "node:child_process";
import { Authenticator } from "./authenticator.ts";
import { openWindow, type Window } from "./chromium.ts";
import { expect } from "./expect.ts";
import { BINARY } from "./program.ts";
import type { Server } from "./system.ts";

export const OPERATOR_PASSWORD = "a staple for the battery";

/** `hulian admin …` on the data of a server; what it prints. */
export function admin(server: Server, ...args: string[]): string {
  const own = Object.entries(process.env).filter(([key]) => !key.startsWith("HULIAN_"));
  return execFileSync(BINARY, ["admin", ...args, "--data", server.folder], { encoding: "utf8", env: Object.fromEntries(own), stdio: ["ignore", "pipe", "pipe"] });
}

/** The first operator, as whoever has the server makes them; their one-time password. */
export function makeByCommandLine(server: Server, name: string, role: string): string {
  const printed = admin(server, "create", "--name", name, "--role", role);
  const password = /^password\s+(\S+)$/m.exec(printed)?.[1];
  if (!password) throw new Error(`no password in:\n${printed}`);
  return password;
}

export class Operator {
  private authenticator: Authenticator | null = null;

  private constructor(
    readonly server: Server,
    readonly window: Window,
    readonly name: string,
  ) {}

  static async open(server: Server, name: string): Promise<Operator> {
    return new Operator(server, await openWindow({ width: 1280, height: 800 }), name);
  }

  get page(): Window["page"] {
    return this.window.page;
  }

  async close(): Promise<void> {
    await this.window.close();
  }

  async go(path: string): Promise<void> {
    await this.page.goto(`${this.server.publicUrl}/console${path}`);
  }

  async press(name: string | RegExp): Promise<void> {
    await this.page.getByRole("button", { name, exact: typeof name === "string" }).first().click();
  }

  async sees(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first(), `${this.name} sees ${String(words)}`).toBeVisible();
  }

  async typePassword(password: string): Promise<void> {
    await this.page.getByLabel("姓名").fill(this.name);
    await this.page.getByLabel("密码", { exact: true }).fill(password);
    await this.page.keyboard.press("Enter");
  }

  async choosePassword(): Promise<void> {
    await this.page.getByLabel("新密码").fill(OPERATOR_PASSWORD);
    await this.page.getByLabel("再输入一次").fill(OPERATOR_PASSWORD);
    await this.page.keyboard.press("Enter");
  }

  /** Puts the secret on the page into an authenticator. */
  async enrol(): Promise<void> {
    await this.page.getByRole("img", { name: "验证器绑定二维码" }).waitFor();
    this.authenticator = new Authenticator(await this.page.locator(".secret").innerText());
  }

  async typeCode(): Promise<void> {
    if (!this.authenticator) throw new Error("nothing is enrolled");
    // Six digits go on by themselves.
    await this.page.getByLabel("6 位验证码").fill(await this.authenticator.code());
    await this.page.getByRole("navigation", { name: "主菜单" }).waitFor();
  }

  /** The whole first sign-in. */
  async signInFirst(oneTimePassword: string): Promise<void> {
    await this.go("/");
    await this.typePassword(oneTimePassword);
    await this.choosePassword();
    await this.enrol();
    await this.typeCode();
  }

  /** Makes another operator; their one-time password. */
  async make(name: string, roles: readonly string[]): Promise<string> {
    await this.go("/operators");
    await this.press("新增运营人员");
    const dialog = this.page.getByRole("dialog", { name: "新增运营人员" });
    await dialog.getByLabel("姓名").fill(name);
    for (const box of await dialog.getByRole("checkbox").all()) await box.uncheck();
    for (const role of roles) await dialog.getByRole("checkbox", { name: new RegExp(`^${role}`) }).check();
    await this.page.keyboard.press("Enter");
    const once = this.page.getByRole("dialog", { name: "一次性密码" });
    const password = await once.locator("code").innerText();
    await once.getByRole("button", { name: "我已记下" }).click();
    await once.waitFor({ state: "hidden" });
    return password;
  }

  /** Opens the first case of the list and its material. */
  async openCase(kind: string): Promise<void> {
    await this.go("/cases");
    await this.page.getByRole("link", { name: kind }).first().click();
    await this.sees("材料和个人信息已遮盖");
  }

  async openMaterial(reason: string): Promise<void> {
    await this.press("查看材料");
    const dialog = this.page.getByRole("dialog", { name: "查看材料" });
    await dialog.getByText(reason, { exact: true }).click();
    await dialog.getByRole("button", { name: "查看", exact: true }).click();
    await this.page.locator(".material img").waitFor();
  }
}
