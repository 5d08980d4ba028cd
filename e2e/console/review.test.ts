// From the command line to a decision: the first administrator, two reviewers, one case.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Asking } from "../support/asking.ts";
import { admin, makeByCommandLine, Operator } from "../support/operator.ts";
import { Server } from "../support/system.ts";

const NAME = "CHAN TAI MAN";
const NUMBER = "H1234567890";
const REFUSAL = "照片模糊，看不清文字或人脸，请重新拍摄";

let server: Server;
let chief: Operator;
let one: Operator;
let two: Operator;

beforeAll(async () => {
  server = await Server.start();
  [chief, one, two] = await Promise.all([Operator.open(server, "王总管"), Operator.open(server, "张三"), Operator.open(server, "李四")]);
});

afterAll(async () => {
  await Promise.all([chief, one, two].map((it) => it?.close()));
  await server?.stop();
});

test("[OPS-1] the first administrator comes from the command line, enrols a second factor and makes two reviewers", async () => {
  const password = makeByCommandLine(server, chief.name, "administrator");
  await chief.go("/operators");
  await chief.sees("沙箱环境");
  await chief.typePassword("not the password");
  await chief.sees("姓名或密码不正确");
  await chief.typePassword(password);
  await chief.page.getByLabel("新密码").fill("short");
  await chief.page.getByLabel("再输入一次").fill("shorter");
  await chief.page.keyboard.press("Enter");
  await chief.sees("两次输入的密码不一致");
  await chief.choosePassword();
  await chief.enrol();
  await chief.page.getByLabel("6 位验证码").fill("000000");
  await chief.sees("验证码不正确");
  await chief.typeCode();
  expect(new URL(chief.page.url()).pathname).toBe("/console/operators");
  // Nothing of people is this operator's to see.
  expect(await chief.page.getByRole("navigation", { name: "主菜单" }).getByRole("link").allInnerTexts()).toEqual(["运营人员", "审计日志", "服务状态"]);
  await chief.press("新增运营人员");
  const dialog = chief.page.getByRole("dialog", { name: "新增运营人员" });
  await dialog.getByLabel("姓名").fill("某人");
  await dialog.getByRole("checkbox", { name: /^管理员/ }).check();
  await chief.page.keyboard.press("Enter");
  await chief.sees("管理员不能同时担任审核员或财务");
  await chief.page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });

  await one.signInFirst(await chief.make(one.name, ["审核员"]));
  await two.signInFirst(await chief.make(two.name, ["审核员", "财务"]));
  await one.sees("没有待处理的事项");
  await one.page.reload();
  await one.sees("没有待处理的事项");
  await two.go("/audit");
  await two.sees("没有待处理的事项");
});

test("[OPS-1] [IDV-5] a case is masked until it is opened with a reason; of two reviewers one decides and the other is told", async () => {
  const { people } = await server.specimens();
  const person = await Asking.signIn(server, people[0]?.phone ?? "");
  await person.documentReview(NAME, NUMBER);
  // The list reads itself anew.
  await one.go("/cases");
  await one.page.getByRole("link", { name: "境外人员证件" }).click();
  await one.sees("材料和个人信息已遮盖");
  const masked = await one.page.locator("main").innerText();
  for (const secret of [NAME, NUMBER, people[0]?.phone ?? "-"]) expect(masked).not.toContain(secret);
  expect(await one.page.getByRole("button", { name: "通过", exact: true }).isDisabled()).toBe(true);

  await one.openMaterial("审核本次申请");
  await one.sees(NAME);
  await one.sees(NUMBER);
  for (const side of ["证件背面", "手持证件照"]) {
    await one.page.getByRole("tab", { name: side }).click();
    await one.page.getByRole("img", { name: side }).waitFor();
  }
  await one.press(/^放大/);
  await one.press(/^旋转/);
  await one.sees("125%");

  await two.go("/cases");
  await two.sees("张三 正在处理");
  await two.openCase("境外人员证件");
  await two.sees("张三 正在处理");
  await two.openMaterial("复核同事的处理");
  await two.press("通过");
  const passing = two.page.getByRole("dialog", { name: "确认通过" });
  await passing.waitFor();

  await one.press("拒绝");
  const refusing = one.page.getByRole("dialog", { name: "拒绝" });
  await refusing.getByText(REFUSAL).click();
  await one.page.keyboard.press("Enter");
  await one.sees("已拒绝，申请人会看到理由");

  await passing.getByRole("button", { name: "通过", exact: true }).click();
  await two.sees("该事项刚由 张三 处理，您的决定没有提交");
  await two.sees(REFUSAL);
  await two.go("/cases?state=refused");
  await two.page.getByRole("link", { name: "境外人员证件" }).waitFor();
});

test("[OPS-1] [IDV-5] every opening and every file is in the audit log, which is whole; an operator who is locked is out at once", async () => {
  await chief.go("/audit");
  await chief.sees("审核本次申请");
  const log = await chief.page.locator("tbody").innerText();
  for (const words of ["查看材料", "查看文件", "手持证件照", "复核同事的处理", REFUSAL, "服务器命令行"]) expect(log).toContain(words);
  await chief.press("核验完整性");
  await chief.sees(/日志完整，共 \d+ 条/);
  const head = await chief.page.locator(".head code").innerText();
  expect(admin(server, "audit", "verify", "--head", head)).toContain("whole");
  expect(() => admin(server, "audit", "verify", "--head", "7".repeat(64))).toThrow(/does not lead through/);

  await chief.go("/operators");
  await chief.press("对 李四 的操作");
  await chief.page.getByRole("menuitem", { name: "停用" }).click();
  await chief.page.getByRole("dialog").getByRole("button", { name: "停用" }).click();
  await chief.sees("已停用");
  await two.go("/cases");
  await two.page.getByLabel("姓名").waitFor();
  await one.go("/cases");
  await one.press(/张三 的账号/);
  await one.page.getByRole("menuitem", { name: "退出登录" }).click();
  await one.page.getByLabel("姓名").waitFor();
  await one.page.reload();
  await one.page.getByLabel("姓名").waitFor();
  for (const it of [chief, one, two]) {
    expect(it.window.errors).toEqual([]);
    expect(it.window.foreign).toEqual([]);
  }
});
