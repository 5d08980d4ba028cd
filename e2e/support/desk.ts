// A bidder's clerk at the bid tool's page, by the words that they see.
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { openWindow, type Window, type WindowOptions } from "./chromium.ts";
import { expect } from "./expect.ts";
import { FILM_HEIGHT, FILM_WIDTH, writeFilm } from "./picture.ts";
import { Desk, runFolder, type Server } from "./system.ts";

export type ModeWish =
  | { kind: "当前页" | "全部页" }
  | { kind: "页码范围"; ranges: string }
  | { kind: "骑缝章"; edges?: string[] }
  | { kind: "关键字"; text: string };

export class Clerk {
  private constructor(
    readonly desk: Desk,
    readonly window: Window,
    private readonly options: WindowOptions,
  ) {}

  static async open(server: Server, options: WindowOptions & { folder?: string; files?: string[]; port?: number } = {}): Promise<Clerk> {
    const desk = await Desk.start(server, options);
    const window = await openWindow(options);
    await window.page.goto(desk.address);
    await window.page.getByText("打开要盖章的 PDF").or(window.page.getByText("盖章与验签")).or(window.page.getByRole("tab").first()).first().waitFor();
    return new Clerk(desk, window, options);
  }

  get page(): Window["page"] {
    return this.window.page;
  }

  async close(): Promise<void> {
    await this.window.close();
    await this.desk.stop();
  }

  /** The program and its window end; another start of it goes on with the same folder, address and browser. */
  async reopen(server: Server, kill = false): Promise<Clerk> {
    await (kill ? this.desk.kill() : this.desk.stop());
    await this.window.close();
    return Clerk.open(server, { ...this.options, folder: this.desk.folder, port: this.desk.port, profile: this.window.profile });
  }

  async openFiles(files: { name: string; bytes: Buffer }[]): Promise<void> {
    const chooser = this.page.waitForEvent("filechooser");
    await this.page.getByRole("button", { name: /打开 PDF|打开要盖章/ }).first().click();
    await (await chooser).setFiles(files.map((file) => ({ name: file.name, mimeType: "application/pdf", buffer: file.bytes })));
    await expect(this.page.getByText(files.at(-1)?.name ?? "").first()).toBeVisible();
    await this.page.locator("canvas").first().waitFor();
  }

  async see(words: string | RegExp): Promise<void> {
    await expect(this.page.getByText(words).first(), `sees ${String(words)}`).toBeVisible();
  }

  async tab(name: "盖章" | "印章" | "验签"): Promise<void> {
    await this.page.getByRole("tab", { name: new RegExp(`^${name}`) }).last().click();
  }

  /** Chooses the mode and, where there is one, the place: with the mouse, on the page. */
  async place(mode: ModeWish, at = { x: 0.6, y: 0.7 }): Promise<void> {
    await this.tab("盖章");
    await this.page.getByRole("radio", { name: mode.kind }).click();
    if (mode.kind === "页码范围") await this.page.getByPlaceholder(/如 1-3,5/).fill(mode.ranges);
    if (mode.kind === "骑缝章") {
      for (const edge of ["左", "右", "上", "下"]) {
        const button = this.page.getByRole("button", { name: edge, exact: true });
        const pressed = (await button.getAttribute("aria-pressed")) === "true";
        if (pressed !== (mode.edges ?? ["右"]).includes(edge)) await button.click();
      }
    }
    if (mode.kind === "关键字") {
      await this.page.getByPlaceholder(/投标人（盖章）/).fill(mode.text);
      await this.see(/找到 \d+ 处/);
      return;
    }
    if (mode.kind === "骑缝章") return;
    await this.page.getByRole("button", { name: /^(放置印章|重新放置)$/ }).click();
    for (let tries = 0; !(await this.put(at)); tries++) if (tries === 4) throw new Error("the seal does not stay where it is put");
  }

  /** One click on the page; whether the seal stands there now. The pages may still be finding their size, and who misses clicks again. */
  private async put(at: { x: number; y: number }): Promise<boolean> {
    const overlay = this.page.locator(".page-overlay").first();
    const box = await overlay.boundingBox();
    if (!box) throw new Error("no page is shown");
    await overlay.hover({ position: { x: box.width * 0.3, y: box.height * 0.3 } });
    await overlay.click({ position: { x: box.width * at.x, y: Math.min(box.height * at.y, 500) } });
    const stands = this.page.locator(".place-fields");
    return stands.waitFor({ timeout: 3_000 }).then(() => true, () => false);
  }

  /** Asks for the code, and waits until it is shown. */
  async showCode(): Promise<Locator> {
    await this.page.getByRole("button", { name: /生成二维码/ }).first().click();
    return this.code();
  }

  async code(): Promise<Locator> {
    const code = this.page.getByRole("img", { name: /用手机上的互连扫描/ });
    await code.waitFor();
    return code;
  }

  /** A photo of the code as it stands on this screen. */
  async photo(): Promise<Buffer> {
    return (await this.code()).screenshot({ scale: "css" });
  }

  /** A film for the fake camera of another phone: what it sees when it is held before this screen. */
  async film(): Promise<string> {
    const png = (await this.photo()).toString("base64");
    const grey = await this.page.evaluate(GREY, { png, width: FILM_WIDTH, height: FILM_HEIGHT });
    const path = join(mkdtempSync(join(runFolder(), "film-")), "code.y4m");
    return writeFilm(path, Buffer.from(grey, "base64"));
  }

  async shortCode(): Promise<string> {
    const text = await this.page.locator(".scan-short strong").innerText();
    return text.replace(/\s/g, "");
  }

  async matchNumber(): Promise<string> {
    await this.see("请在手机上选这个数字");
    const text = await this.page.getByLabel("核对数字").innerText();
    return /\d{2}/.exec(text)?.[0] ?? "";
  }

  /** Seconds from the confirmation on the phone to the seal on the page, as the bid tool measured and shows it. */
  async landed(): Promise<number> {
    const done = this.page.getByText(/印章已盖上.*用时 [\d.]+ 秒/).last();
    await done.waitFor({ timeout: 60_000 });
    return Number(/用时 ([\d.]+)/.exec(await done.innerText())?.[1]);
  }

  /** Puts the scan that is over away, and the tool is ready for the next seal. */
  async again(): Promise<void> {
    const done = this.page.locator(".scan-card").getByRole("button", { name: "关闭" });
    // It closes by itself too, and may do so under the mouse.
    if (await done.isVisible()) await done.click({ timeout: 3_000 }).catch(() => undefined);
    await this.page.getByRole("radio", { name: "当前页" }).waitFor();
  }

  async download(name: string): Promise<string> {
    const coming = this.page.waitForEvent("download");
    await this.page.getByRole("button", { name: "下载", exact: true }).click();
    const path = join(mkdtempSync(join(runFolder(), "saved-")), name);
    await (await coming).saveAs(path);
    return path;
  }
}

/** Runs in the page: draws the photo on a light wall and reads its grey values. */
const GREY = async ({ png, width, height }: { png: string; width: number; height: number }): Promise<string> => {
  const image = new Image();
  image.src = `data:image/png;base64,${png}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width, height];
  const pen = canvas.getContext("2d") as CanvasRenderingContext2D;
  pen.fillStyle = "#ddd";
  pen.fillRect(0, 0, width, height);
  const scale = Math.min(width / image.width, height / image.height) * 0.9;
  const [w, h] = [image.width * scale, image.height * scale];
  pen.imageSmoothingEnabled = false;
  pen.drawImage(image, (width - w) / 2, (height - h) / 2, w, h);
  const pixels = pen.getImageData(0, 0, width, height).data;
  let text = "";
  for (let i = 0; i < pixels.length; i += 4) text += String.fromCharCode(pixels[i + 1] as number);
  return btoa(text);
};

export const savePdf = (folder: string, name: string, bytes: Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
};
