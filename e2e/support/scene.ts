// A clerk, a phone and one document, as far into a scan as a test wants to go.
import { Clerk } from "./desk.ts";
import { expect } from "./expect.ts";
import { paper } from "./paper.ts";
import { PASSWORD, Phone } from "./phone.ts";
import type { Ready } from "./ready.ts";
import type { Server } from "./system.ts";

export type Step = "match" | "choose" | "confirm";

/** What the phone shows at each step, and how a person knows it. */
export const SHOWN: Record<Step | "wait", string> = {
  match: "电脑上显示的数字是？",
  choose: "用哪张证书？",
  wait: "等待电脑端准备",
  confirm: "将要加盖",
};

export class Scene {
  constructor(
    readonly server: Server,
    public clerk: Clerk,
    readonly phone: Phone,
  ) {}

  /** A place for the seal, a code, and the code's photo. */
  async show(): Promise<Buffer> {
    await this.clerk.place({ kind: "当前页" });
    await this.clerk.showCode();
    return this.clerk.photo();
  }

  /** The phone takes the code that stands on the screen, and goes as far as `step`. */
  async reach(step: Step, photo?: Buffer): Promise<void> {
    await this.phone.scanFromAlbum(photo ?? (await this.show()));
    await this.phone.sees(SHOWN.match);
    if (step === "match") return;
    await this.phone.match(await this.clerk.matchNumber());
    await this.phone.sees(SHOWN.choose);
    if (step === "choose") return;
    await this.phone.chooseCertificate(/RSA/);
    await this.phone.sees(SHOWN.confirm);
  }

  /** From the confirm screen to the seal on the page, by password. */
  async finish(): Promise<void> {
    await this.phone.confirm(PASSWORD);
    await this.landed();
  }

  async landed(): Promise<void> {
    await this.clerk.landed();
    await this.phone.sees("签章成功");
  }

  /** How many seals the document carries, as the bid tool lists them. */
  async seals(count: number): Promise<void> {
    await this.clerk.tab("印章");
    if (count === 0) await this.clerk.see("文件上还没有印章");
    else await expect(this.clerk.page.locator(".seal-row").nth(count - 1), `seal ${count}`).toBeVisible();
    const found = await this.clerk.page.locator(".seal-row").count();
    if (found !== count) throw new Error(`${found} seals are listed, not ${count}`);
    await this.clerk.tab("盖章");
  }

  /** The panel of a scan that is over offers a new code. */
  async renew(): Promise<Buffer> {
    await this.clerk.page.getByRole("button", { name: "重新生成二维码" }).click();
    await this.clerk.code();
    return this.clerk.photo();
  }

  async close(): Promise<void> {
    await Promise.all([this.clerk.close(), this.phone.close()]);
  }
}

/** Opens a scene with a document on the first person's phone, and puts everything away at the end. */
export async function scene(server: Server, people: Ready, work: (it: Scene) => Promise<void>, name = "投标文件.pdf"): Promise<void> {
  const [clerk, phone] = await Promise.all([Clerk.open(server), Phone.open(server, { from: people.phones[0] })]);
  const it = new Scene(server, clerk, phone);
  try {
    await clerk.openFiles([{ name, bytes: paper(2) }]);
    await work(it);
  } finally {
    await it.close();
  }
}
