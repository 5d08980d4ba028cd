// What the bid tool and the phone do besides one seal: the tool signs in, the last seal is taken away, codes follow one another.
import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import type { Clerk } from "../support/desk.ts";
import { own, pyhanko, rootOf } from "../support/judge.ts";
import { paper } from "../support/paper.ts";
import { PASSWORD, type Phone } from "../support/phone.ts";
import { World } from "../support/world.ts";

async function inWorld(story: (world: World, clerk: Clerk) => Promise<void>): Promise<void> {
  const world = await World.open();
  try {
    await story(world, world.clerk);
    expect(world.clerk.window.foreign).toEqual([]);
    expect(world.clerk.window.errors).toEqual([]);
  } finally {
    await world.close();
  }
}

/** From the code on the tool's screen to where the phone asks for a choice. */
async function taken(world: World, clerk: Clerk): Promise<Phone> {
  const phone = await world.phone(0, await clerk.film());
  await phone.scan();
  await phone.match(await clerk.matchNumber());
  return phone;
}

test("[SCAN-1] [SCAN-9] the tool signs in by a scan, offers the company's seal, and takes the last seal away again", async () => {
  await inWorld(async (world, clerk) => {
    const bytes = paper(2);
    await clerk.openFiles([{ name: "授权书.pdf", bytes }]);
    await clerk.page.getByRole("button", { name: "扫码登录" }).click();
    let phone = await taken(world, clerk);
    await phone.pick(world.people.companies[0].name);
    await phone.press("下一步");
    await phone.press("确认登录");
    await phone.sees("登录成功");
    await phone.close();
    await clerk.see(world.people.companies[0].name);

    // Its own seal can now be picked before anybody scans.
    await clerk.page.getByRole("button", { name: new RegExp(world.people.companies[0].name) }).first().click();
    await world.seal({ by: 0, algorithm: /RSA/, mode: { kind: "当前页" } });
    const sealed = await clerk.download("sealed.pdf");
    expect(own(sealed, [await rootOf(world.server, "rsa", dirname(sealed))])).toBe(1);

    await clerk.tab("印章");
    await clerk.page.getByRole("button", { name: "撤章" }).click();
    await clerk.page.getByRole("dialog").getByRole("button", { name: "撤章" }).click();
    phone = await taken(world, clerk);
    await phone.chooseCertificate(/RSA/);
    await phone.press("确认撤章");
    await phone.type(PASSWORD);
    await phone.sees("撤章成功");
    await phone.close();
    await clerk.see(/印章已撤销|已撤章/);
    // Back to the byte: nothing of the seal is left.
    expect(readFileSync(await clerk.download("unsealed.pdf")).equals(bytes)).toBe(true);
  });
});

test("[SCAN-2] [SCAN-6] five documents one after another: one password, the first code by camera, four from the album", async () => {
  await inWorld(async (world, clerk) => {
    const names = ["一", "二", "三", "四", "五"].map((number) => `分册${number}.pdf`);
    await clerk.openFiles(names.map((name) => ({ name, bytes: paper(1, undefined, name.codePointAt(2)?.toString(16)) })));
    await clerk.place({ kind: "当前页" });
    await clerk.page.getByRole("button", { name: /多份文件连续盖章/ }).click();
    const dialog = clerk.page.getByRole("dialog");
    for (const name of names) await dialog.getByRole("checkbox", { name }).setChecked(true, { force: true });
    await dialog.getByRole("button", { name: /开始盖 5 份/ }).click();
    const phone = await taken(world, clerk);
    await phone.chooseCertificate(/RSA/);
    await phone.confirm();
    for (let done = 1; done < 5; done++) {
      await clerk.see(`${done} / 5`);
      await phone.sees(`已签 ${done} 份`);
      await phone.scanFromAlbum(await clerk.photo());
    }
    await clerk.see("5 / 5");
    await phone.sees("已签 5 份");
    await phone.press("退出");
    await phone.page.getByRole("dialog").getByRole("button", { name: /退出/ }).click().catch(() => undefined);
    await phone.close();
    for (const name of names) {
      await clerk.page.getByRole("navigation").or(clerk.page.locator("body")).first().getByText(name).first().click();
      const file = await clerk.download(name);
      const root = await rootOf(world.server, "rsa", dirname(file));
      expect(own(file, [root])).toBe(1);
      pyhanko(file, root);
    }
  });
});
