// The bid tool closed, killed, and its files changed behind its back: nothing is lost, and no seal lands on what nobody saw.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Clerk, savePdf } from "../support/desk.ts";
import { paper } from "../support/paper.ts";
import { ready, type Ready } from "../support/ready.ts";
import { phoneOf, Scene, scene } from "../support/scene.ts";
import { runFolder, Server } from "../support/system.ts";

let people: Ready;
let server: Server;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
});

afterAll(async () => {
  await server?.stop();
});

test("the tool closed, then killed: documents come back with their seals, and an open scan is offered again", async () => {
  await scene(server, people, async (it) => {
    await it.reach("confirm");
    await it.finish();
    for (const kill of [false, true]) {
      await it.clerk.again();
      await it.show();
      it.clerk = await it.clerk.reopen(server, kill);
      await it.clerk.page.locator("canvas").first().waitFor();
      await it.clerk.see("投标文件.pdf");
      await it.seals(1);
      await it.clerk.see("二维码已过期");
    }
    await it.reach("confirm", await it.renew());
    await it.finish();
    await it.seals(2);
  });
});

test("the working copy overwritten during a scan: told, no seal, and the page shows what is there", async () => {
  await scene(server, people, async (it) => {
    await it.reach("confirm");
    writeFileSync(workingCopy(it.clerk), paper(3, "别的内容", "Another document"));
    await it.phone.confirm();
    await it.clerk.see("文件变了");
    await expectPages(it.clerk, 3);
    await it.clerk.page.getByRole("button", { name: "关闭", exact: true }).click();
    await it.seals(0);
  });
});

test("[SCAN-9] the person's own file changed elsewhere: told, and saving asks before it overwrites", async () => {
  const path = savePdf(runFolder(), "合同.pdf", paper(1));
  const [clerk, phone] = await Promise.all([Clerk.open(server, { files: [path] }), phoneOf(server, people)]);
  const it = new Scene(server, clerk, phone);
  try {
    await clerk.page.locator("canvas").first().waitFor();
    await it.reach("confirm");
    await it.finish();
    const other = paper(2, "别人改的", "Changed elsewhere");
    writeFileSync(path, other);
    const save = clerk.page.getByRole("button", { name: "保存", exact: true });
    const question = clerk.page.getByRole("dialog", { name: "覆盖文件" });
    await save.click();
    await clerk.see("打开之后在别处被改动了");
    await question.getByRole("button", { name: "返回" }).click();
    expect(readFileSync(path).equals(other)).toBe(true);
    await save.click();
    await question.getByRole("button", { name: "覆盖" }).click();
    await clerk.see(/已保存到/);
    expect(readFileSync(path).includes("/ByteRange")).toBe(true);
  } finally {
    await it.close();
  }
});

async function expectPages(clerk: Clerk, pages: number): Promise<void> {
  await clerk.see(`/ ${pages}`);
  await clerk.see("核对页面上现在的内容");
}

/** The one revision that the tool's folder holds. */
function workingCopy(clerk: Clerk): string {
  const documents = join(clerk.desk.folder, "documents");
  const [folder] = readdirSync(documents);
  const files = readdirSync(join(documents, folder ?? ""));
  expect(files).toHaveLength(1);
  return join(documents, folder ?? "", files[0] ?? "");
}
