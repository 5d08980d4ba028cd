// One scan after another, both screens at every step: a seal, the ways in which it does not come to one, an un-seal, a
// sign-in, and a run over several documents.
import type { Clerk } from "../../support/desk.ts";
import { paper } from "../../support/paper.ts";
import { PASSWORD, type Phone } from "../../support/phone.ts";
import type { World } from "../../support/world.ts";
import { inTurn, type Look } from "./look.ts";

interface Pair {
  world: World;
  clerk: Clerk;
  phone: Phone;
  both(screen: string): Promise<void>;
  onPhone(screen: string): Promise<void>;
  onDesk(screen: string): Promise<void>;
}

/** `whole` with the ways in which it does not come to a seal, the un-seal, the sign-in and the run. */
export async function tourScan(world: World, look: Look, whole = true): Promise<void> {
  const { clerk } = world;
  const phone = await world.phone(0);
  const onPhone = (screen: string): Promise<void> => look("phone", screen, phone.window);
  const onDesk = (screen: string): Promise<void> => look("desk", screen, clerk.window);
  const both = async (screen: string): Promise<void> => {
    await onDesk(screen);
    await onPhone(screen);
  };
  const pair: Pair = { world, clerk, phone, both, onPhone, onDesk };
  try {
    await clerk.openFiles([{ name: "某市政务云平台扩容项目投标文件（商务部分）.pdf", bytes: paper(3) }]);
    await seal(pair, look);
    if (!whole) return;
    await inTurn(() => refusals(pair), () => waiting(pair), () => unseal(pair), () => signIn(pair), () => run(pair));
  } finally {
    await phone.close();
  }
}

/** From the album: a person types no more than a few short codes a minute. */
async function scan({ clerk, phone }: Pair): Promise<void> {
  const photo = await clerk.photo();
  await phone.go("/scan");
  await phone.scanFromAlbum(photo);
}

async function claim(pair: Pair): Promise<void> {
  await pair.clerk.place({ kind: "当前页" });
  await pair.clerk.showCode();
  await scan(pair);
  await pair.phone.sees("电脑上显示的数字是");
}

async function seal(pair: Pair, look: Look): Promise<void> {
  const { clerk, phone, both, onPhone, onDesk } = pair;
  await clerk.place({ kind: "当前页" });
  await clerk.showCode();
  await onDesk("scan-code");
  await phone.typeShortCode(await clerk.shortCode());
  const number = await clerk.matchNumber();
  await both("scan-match");
  await secondPhone(pair, look);
  await phone.match(number);
  await phone.sees("用哪张证书？");
  await both("scan-choose");
  await phone.chooseCertificate(/RSA/);
  await phone.sees("确认签章");
  await clerk.see("请在手机上确认");
  await both("scan-confirm");
  await phone.press("确认签章");
  await phone.page.getByRole("group", { name: "数字键盘" }).waitFor();
  await onPhone("scan-unlock");
  await phone.type("904172");
  await phone.sees(/密码不对/);
  await onPhone("scan-password-wrong");
  await phone.type(PASSWORD);
  await clerk.landed();
  await phone.sees("签章成功");
  await both("scan-done");
  await clerk.tab("印章");
  await onDesk("seals");
  await clerk.tab("验签");
  await clerk.see("全部印章有效");
  await onDesk("verification");
  await clerk.tab("盖章");
  await clerk.again();
}

async function secondPhone({ world, clerk, phone, onDesk }: Pair, look: Look): Promise<void> {
  const other = await world.phone(1);
  try {
    // The short code is good for one phone; the address in the code shows who comes second.
    await other.go(new URL(phone.page.url()).pathname);
    await other.sees("已被另一部手机扫描");
    await look("phone", "scan-second-phone", other.window);
    await clerk.see("还有另一部手机扫了这个码");
    await onDesk("scan-second-phone");
  } finally {
    await other.close();
  }
}

async function refusals(pair: Pair): Promise<void> {
  const { clerk, phone, both } = pair;
  await claim(pair);
  await phone.press("拒绝这次请求");
  await phone.sees("已拒绝");
  await clerk.see("手机上拒绝了");
  await both("scan-refused");
  await clerk.again();

  await claim(pair);
  const number = await clerk.matchNumber();
  const options = await phone.page.locator(".number").allInnerTexts();
  await phone.match(options.find((it) => it !== number) ?? "");
  await phone.sees("数字不一致");
  await clerk.page.locator(".scan-state.over").waitFor();
  await both("scan-match-wrong");
  await clerk.again();

  await claim(pair);
  await clerk.page.locator(".scan-buttons").getByRole("button", { name: "取消" }).click();
  await phone.sees("电脑端已取消");
  await both("scan-cancelled");
  if (await clerk.page.locator(".scan-card").isVisible()) await clerk.again();
}

/** The bid tool takes its time, and a code that nobody scans runs out. */
async function waiting(pair: Pair): Promise<void> {
  const { clerk, phone, both, onPhone } = pair;
  await claim(pair);
  const number = await clerk.matchNumber();
  clerk.desk.freeze();
  try {
    await phone.match(number);
    await phone.chooseCertificate(/RSA/);
    await phone.sees("等待电脑端准备");
    await onPhone("scan-wait");
  } finally {
    clerk.desk.thaw();
  }
  await phone.sees("确认签章");
  await clerk.page.locator(".scan-buttons").getByRole("button", { name: "取消" }).click();
  await phone.sees("电脑端已取消");
  if (await clerk.page.locator(".scan-card").isVisible()) await clerk.again();

  await clerk.place({ kind: "当前页" });
  await clerk.showCode();
  const photo = await clerk.photo();
  await clerk.page.getByText("二维码已过期").first().waitFor({ timeout: 120_000 });
  await phone.go("/scan");
  await phone.scanFromAlbum(photo);
  await phone.sees("二维码已过期");
  await both("scan-expired");
  await clerk.again();
}

async function unseal(pair: Pair): Promise<void> {
  const { clerk, phone, both, onDesk, onPhone } = pair;
  await clerk.tab("印章");
  await clerk.page.getByRole("button", { name: "撤章" }).click();
  await clerk.see("撤销最后一枚印章");
  await onDesk("unseal-question");
  await clerk.page.getByRole("dialog").getByRole("button", { name: "撤章" }).click();
  await clerk.code();
  await scan(pair);
  await phone.match(await clerk.matchNumber());
  await phone.sees("用哪张证书？");
  await onPhone("unseal-choose");
  await phone.chooseCertificate(/RSA/);
  await phone.sees("确认撤章");
  await both("unseal-confirm");
  await phone.press("确认撤章");
  await phone.type(PASSWORD);
  await phone.sees("撤章成功");
  await clerk.see(/已撤章|印章已撤销/);
  await both("unseal-done");
  await clerk.again();
}

async function signIn(pair: Pair): Promise<void> {
  const { clerk, phone, both, world, onDesk } = pair;
  await clerk.page.getByRole("button", { name: "扫码登录" }).click();
  await clerk.code();
  await onDesk("sign-in");
  await scan(pair);
  await phone.match(await clerk.matchNumber());
  await phone.sees("以什么身份登录？");
  await both("sign-in-choose");
  await phone.pick(world.people.companies[0].name);
  await phone.press("下一步");
  await phone.sees("确认登录");
  await both("sign-in-confirm");
  await phone.press("确认登录");
  await phone.sees("登录成功");
  await clerk.page.locator(".person").waitFor();
  await clerk.page.getByRole("dialog").waitFor({ state: "hidden" });
  await both("sign-in-done");
}

async function run(pair: Pair): Promise<void> {
  const { clerk, phone, both, onDesk } = pair;
  await clerk.openFiles(["技术部分.pdf", "报价一览表.pdf"].map((name) => ({ name, bytes: paper(2) })));
  await clerk.page.locator(".seal-choice button").first().click();
  await clerk.place({ kind: "全部页" });
  await clerk.page.getByRole("button", { name: /多份文件连续盖章/ }).click();
  await clerk.page.getByRole("dialog").getByText("报价一览表.pdf").waitFor();
  await onDesk("run-question");
  await clerk.page.getByRole("button", { name: /^开始盖/ }).click();
  await clerk.code();
  await onDesk("run-code");
  await scan(pair);
  await phone.match(await clerk.matchNumber());
  await phone.chooseCertificate(/RSA/);
  await phone.confirm();
  await phone.page.waitForURL(/\/scan\/run/);
  await clerk.see("已盖");
  await both("run-next");
}
