// Codes that lead nowhere and requests that people turn down: each is told in its own words, and nothing is signed. Pages
// reloaded, a network that goes and a server that dies in the middle of a scan: it goes on, and the seal lands.
import { afterAll, beforeAll, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { Clerk } from "../support/desk.ts";
import { paper } from "../support/paper.ts";
import { PASSWORD } from "../support/phone.ts";
import { photo } from "../support/picture.ts";
import { ready, type Ready } from "../support/ready.ts";
import { phoneOf, Scene, scene, SHOWN } from "../support/scene.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");
const LIFETIME_MS = 90_000;

let people: Ready;
let server: Server;
/** A bid tool whose code nobody scans; it runs out while the other tests go on. */
let idle: Clerk;
let idlePhoto: Buffer;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
  idle = await Clerk.open(server);
  await idle.openFiles([{ name: "无人扫码.pdf", bytes: paper(1) }]);
  await idle.place({ kind: "当前页" });
  await idle.showCode();
  idlePhoto = await idle.photo();
});

afterAll(async () => {
  await idle?.close();
  await server?.stop();
});

test("[SCAN-2] foreign, malformed, unknown and other codes are each told apart", async () => {
  const phone = await phoneOf(server, people);
  try {
    const code = "AAAAAAAAAAAAAAAAAAAAAA";
    await phone.scanFromAlbum(photo(`https://seal.example.com/s/${code}`));
    await phone.sees("这是其他系统（seal.example.com）的二维码");
    await see(phone, "scan-foreign");
    await phone.scanFromAlbum(photo(`${server.phoneUrl}/s/AAAA`));
    await phone.sees("这个二维码不完整");
    await phone.scanFromAlbum(photo("https://example.com/menu"));
    await phone.sees("这不是签章或登录的二维码");
    await phone.scanFromAlbum(photo(`${server.phoneUrl}/s/${code}`));
    await phone.sees("无法识别的二维码");
    await phone.go("/s/AAAA");
    await phone.sees("二维码不完整");
    await phone.typeShortCode("ZZZZ ZZZZ");
    await phone.sees("没有找到这个二维码");
  } finally {
    await phone.close();
  }
});

test("[SCAN-2] a second phone is told so, the screen warns, the first goes on; the used code is told as used", async () => {
  await scene(server, people, async (it) => {
    const code = await it.show();
    await it.reach("match", code);
    const second = await phoneOf(server, people, 1);
    try {
      await second.scanFromAlbum(code);
      await second.sees("已被另一部手机扫描");
      await see(second, "scan-second-phone");
      await it.clerk.see("还有另一部手机扫了这个码");
      await it.phone.match(await it.clerk.matchNumber());
      await it.phone.chooseCertificate(/RSA/);
      await it.finish();
      await second.scanFromAlbum(code);
      await second.sees("二维码已使用过");
      await see(second, "scan-used");
      await it.seals(1);
    } finally {
      await second.close();
    }
  });
});

test("[SCAN-2] [SCAN-12] refused, wrong number, cancelled on the screen: both sides say so and the file stays as it was", async () => {
  await scene(server, people, async (it) => {
    await it.reach("confirm");
    await it.phone.press("拒绝");
    await it.phone.sees("已拒绝");
    await see(it.phone, "scan-refused");
    await it.clerk.see("手机上拒绝了");
    await it.reach("match", await it.renew());
    await wrongNumber(it);
    await it.phone.sees("数字不一致");
    await see(it.phone, "scan-match-wrong");
    await it.clerk.see("手机上选的数字不对");
    await it.reach("match", await it.renew());
    await it.clerk.page.getByRole("button", { name: "取消", exact: true }).click();
    await it.phone.sees("电脑端已取消");
    await see(it.phone, "scan-cancelled");
    await it.seals(0);
  });
});

test("the phone's page reloaded at every step goes on where it was", async () => {
  await scene(server, people, async (it) => {
    const { phone, clerk } = it;
    const again = async (step: keyof typeof SHOWN): Promise<void> => {
      await phone.sees(SHOWN[step]);
      await phone.page.reload();
      await phone.sees(SHOWN[step]);
    };
    await it.reach("match");
    await again("match");
    await phone.match(await clerk.matchNumber());
    await again("choose");
    // The computer is busy: the phone waits, and does so after a reload, too.
    clerk.desk.freeze();
    await phone.chooseCertificate(/RSA/);
    await again("wait");
    await see(phone, "scan-wait");
    clerk.desk.thaw();
    await again("confirm");
    await it.finish();
    await it.seals(1);
    await phone.page.reload();
    await phone.sees("签章成功");
  });
});

test("the server killed and started again before the confirmation: the seal lands", async () => {
  await scene(server, people, async (it) => {
    await it.reach("choose");
    await server.restart();
    await it.phone.chooseCertificate(/RSA/);
    await it.phone.sees(SHOWN.confirm);
    await server.restart();
    await it.finish();
    await it.seals(1);
  });
});

test("the server away at the confirmation: the phone says so, and goes on when it is back", async () => {
  await scene(server, people, async (it) => {
    await it.reach("confirm");
    await server.kill();
    await it.clerk.see("连不上服务器");
    await it.phone.confirm(PASSWORD);
    await it.phone.sees("网络不通");
    await see(it.phone, "scan-away");
    await it.seals(0);
    await server.again();
    await it.phone.press("重试");
    await it.landed();
    await it.seals(1);
  });
});

test("the phone offline in the middle: it says so, keeps what was done, and goes on", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    await it.reach("match");
    await phone.window.context.setOffline(true);
    await phone.sees("网络已断开");
    await see(phone, "scan-offline");
    await phone.window.context.setOffline(false);
    await phone.match(await it.clerk.matchNumber());
    await phone.chooseCertificate(/RSA/);
    await phone.sees(SHOWN.confirm);
    await phone.window.context.setOffline(true);
    await phone.confirm(PASSWORD);
    await phone.sees("网络不通");
    await phone.window.context.setOffline(false);
    await phone.press("重试");
    await it.landed();
    await it.seals(1);
  });
});

test("[SCAN-2] a code that ran out is told as expired on both sides, and a fresh one works", async () => {
  await idle.page.getByText("二维码已过期").first().waitFor({ timeout: LIFETIME_MS + 20_000 });
  const phone = await phoneOf(server, people);
  const it = new Scene(server, idle, phone);
  try {
    await phone.scanFromAlbum(idlePhoto);
    await phone.sees("二维码已过期");
    await see(phone, "scan-expired");
    await it.seals(0);
    await it.reach("confirm", await it.renew());
    await it.finish();
    await it.seals(1);
  } finally {
    await phone.close();
  }
});

async function wrongNumber(it: Scene): Promise<void> {
  const right = await it.clerk.matchNumber();
  for (const button of await it.phone.page.getByRole("button", { name: /^\d{2}$/ }).all()) {
    const number = (await button.innerText()).trim();
    if (number !== right) return button.click();
  }
  throw new Error("no other number is offered");
}
