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
    await this.phone.sees(/RSA/);
    if (step === "choose") return;
    await this.phone.chooseCertificate(/RSA/);
    await this.phone.sees(SHOWN.confirm);
  }

  /** From the confirm screen to the seal on the page, by password. */
  async finish(password = PASSWORD): Promise<void> {
    await this.phone.confirm(password);
    await this.landed();
  }

  /** A tool that was cut off at the confirmation has no time to tell, so only the seal counts here. */
  async landed(): Promise<void> {
    await this.clerk.page.getByText("印章已盖上").last().waitFor({ timeout: 60_000 });
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

/** A second copy of one phone would be taken for a thief's: the server ends a sign-in whose token comes twice. */
const carried = new Map<string, string>();

/** The phone of one of the two people, which goes on as it was left at this server. */
export async function phoneOf(server: Server, people: Ready, who: 0 | 1 = 0): Promise<Phone> {
  const key = `${server.folder} ${who}`;
  const profile = carried.get(key);
  const phone = await Phone.open(server, profile ? { profile } : { from: people.phones[who] });
  carried.set(key, phone.window.profile);
  return phone;
}

/** Opens a scene with a document on a person's phone, and puts everything away at the end. */
export async function scene(server: Server, people: Ready, work: (it: Scene) => Promise<void>, who: 0 | 1 = 0): Promise<void> {
  const [clerk, phone] = await Promise.all([Clerk.open(server), phoneOf(server, people, who)]);
  const it = new Scene(server, clerk, phone);
  try {
    await clerk.openFiles([{ name: "投标文件.pdf", bytes: paper(2) }]);
    await work(it);
  } finally {
    await it.close();
  }
}
