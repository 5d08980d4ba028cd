// The console in the order in which its people meet it: the first administrator, a reviewer with a case, the audit log.
import { Asking } from "../../support/asking.ts";
import { makeByCommandLine, Operator, OPERATOR_PASSWORD } from "../../support/operator.ts";
import type { Server } from "../../support/system.ts";
import type { Look } from "./look.ts";

export async function tourConsole({ server }: { server: Server }, look: Look): Promise<void> {
  const chief = await Operator.open(server, "王总管");
  const reviewer = await Operator.open(server, "张三");
  const other = await Operator.open(server, "李四");
  const see = (who: Operator, screen: string): Promise<void> => look("console", screen, who.window);
  try {
    await chief.go("/");
    await chief.page.getByLabel("姓名").waitFor();
    await see(chief, "sign-in");
    await chief.typePassword("not the password");
    await chief.sees("姓名或密码不正确");
    await see(chief, "sign-in-refused");
    await chief.typePassword(makeByCommandLine(server, chief.name, "administrator"));
    await chief.page.getByLabel("再输入一次").waitFor();
    await see(chief, "new-password");
    await chief.choosePassword();
    await chief.enrol();
    await see(chief, "enrol");
    await chief.typeCode();
    await managing(chief, see);
    await reviewer.signInFirst(await chief.make(reviewer.name, ["审核员"]));
    await reviewer.sees("没有待处理的事项");
    await see(reviewer, "cases-none");
    await other.signInFirst(await chief.make(other.name, ["审核员", "财务"]));
    await see(chief, "operators");
    await reviewing(server, reviewer, other, see);
    await chief.go("/audit");
    await chief.sees("查看文件");
    await chief.press("核验完整性");
    await chief.sees(/日志完整/);
    await see(chief, "audit");
    await chief.go("/system");
    await chief.sees("毫秒应答");
    await see(chief, "system");
    await chief.press(/王总管 的账号/);
    await chief.page.getByRole("menuitem", { name: "退出登录" }).click();
    await chief.typePassword(OPERATOR_PASSWORD);
    await chief.page.getByLabel("6 位验证码").waitFor();
    await see(chief, "code");
  } finally {
    for (const one of [chief, reviewer, other]) await one.close();
  }
}

type See = (who: Operator, screen: string) => Promise<void>;

async function managing(chief: Operator, see: See): Promise<void> {
  await chief.press("新增运营人员");
  const dialog = chief.page.getByRole("dialog", { name: "新增运营人员" });
  await dialog.getByLabel("姓名").fill("赵六");
  await dialog.getByRole("checkbox", { name: /^管理员/ }).check();
  await chief.page.keyboard.press("Enter");
  await chief.sees("管理员不能同时担任审核员或财务");
  await see(chief, "operator-make");
  await dialog.getByRole("checkbox", { name: /^管理员/ }).uncheck();
  await chief.page.keyboard.press("Enter");
  const once = chief.page.getByRole("dialog", { name: "一次性密码" });
  await once.waitFor();
  await see(chief, "operator-once");
  await chief.page.keyboard.press("Escape");
  await once.waitFor({ state: "hidden" });
}

async function reviewing(server: Server, reviewer: Operator, other: Operator, see: See): Promise<void> {
  const { people } = await server.specimens();
  for (const [index, name] of ["CHAN TAI MAN", "WONG SIU MING"].entries()) {
    const person = await Asking.signIn(server, people[4 + index]?.phone ?? "");
    await person.documentReview(name, `H1234567${index}01`);
  }
  await other.openCase("境外人员证件");
  await other.openMaterial("审核本次申请");
  await reviewer.go("/cases");
  await reviewer.sees("李四 正在处理");
  await see(reviewer, "cases");
  await reviewer.page.getByRole("link", { name: "境外人员证件" }).last().click();
  await reviewer.sees("材料和个人信息已遮盖");
  await see(reviewer, "case-masked");
  await reviewer.press("查看材料");
  await reviewer.page.getByRole("dialog", { name: "查看材料" }).waitFor();
  await see(reviewer, "case-reason");
  await reviewer.page.keyboard.press("Enter");
  await reviewer.page.locator(".material img").waitFor();
  await see(reviewer, "case-open");
  await reviewer.press("通过");
  await reviewer.page.getByRole("dialog", { name: "确认通过" }).waitFor();
  await see(reviewer, "case-pass");
  await reviewer.page.keyboard.press("Escape");
  await reviewer.press("拒绝");
  const refusing = reviewer.page.getByRole("dialog", { name: "拒绝" });
  await refusing.waitFor();
  await refusing.getByText("照片反光或有遮挡，请重新拍摄").click();
  await see(reviewer, "case-refuse");
  await reviewer.page.keyboard.press("Enter");
  await reviewer.sees("已拒绝，申请人会看到理由");
  await see(reviewer, "case-done");
  // The other case is in somebody else's hand: there is nothing to go on with.
  await reviewer.press("处理下一件");
  await reviewer.sees("李四 正在处理");
}
