// The people of a unit, with three phones: asking to join, refused and let in, invited, removed, transferring, leaving. What
// happens on one phone shows on the other by itself; no page is loaded anew between.
import { afterAll, beforeAll, expect as expectThat, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { expect } from "../support/expect.ts";
import { type Company, Phone, type Specimen } from "../support/phone.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");

let server: Server;
let company: Company;
let people: [Specimen, Specimen, Specimen];
/** The legal representative, a colleague, a third. */
let head: Phone, clerk: Phone, third: Phone;
let unit: string;

async function open(person: Specimen): Promise<Phone> {
  const phone = await Phone.open(server);
  await phone.welcome();
  await phone.signIn(person.phone);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await phone.go("/identity");
  await phone.identify(person);
  return phone;
}

beforeAll(async () => {
  server = await Server.start();
  const known = await server.specimens();
  const matching = known.companies.filter((one) => one.behaviour === "match");
  company = matching[0] as Company;
  const of = (name: string): Specimen => known.people.find((one) => one.name === name) as Specimen;
  people = [of(company.legal_representative), of(matching[1]?.legal_representative ?? ""), of(matching[2]?.legal_representative ?? "")];
  head = await open(people[0]);
  await head.registerCompany(company);
  await head.press("查看单位");
  await head.page.waitForURL(/\/units\/[0-9a-f-]+$/);
  unit = new URL(head.page.url()).pathname;
  clerk = await open(people[1]);
  third = await open(people[2]);
});

afterAll(async () => {
  const errors = [head, clerk, third].flatMap((phone) => phone?.window.errors ?? []);
  await Promise.all([head?.close(), clerk?.close(), third?.close()]);
  await server?.stop();
  expectThat(errors).toEqual([]);
});

const answer = async (phone: Phone, name: string): Promise<void> => phone.page.getByRole("dialog").getByRole("button", { name, exact: true }).click();

async function ask(phone: Phone, reason: string): Promise<void> {
  await phone.go("/units");
  await phone.press("加入或注册单位");
  await phone.page.getByRole("dialog").getByRole("button", { name: "加入单位" }).click();
  await phone.page.getByLabel("单位名称或统一社会信用代码").fill(company.name.slice(0, 4));
  await phone.press("搜索");
  await phone.press(new RegExp(company.name));
  await phone.page.getByLabel("申请说明").fill(reason);
  await phone.press("发送申请");
  await phone.sees("待审核加入");
}

async function letIn(phone: Phone, person: Specimen): Promise<void> {
  await head.go(`${unit}/tasks`);
  await head.press(`通过 ${person.name} 的申请`);
  await answer(head, "通过");
  await phone.page.getByText("成员", { exact: true }).first().waitFor();
}

test("[UNIT-4] a company that exists already is not registered twice: joining it is offered", async () => {
  await clerk.go("/units/new");
  await clerk.page.getByLabel("单位全称").fill(company.name);
  await clerk.page.getByLabel("统一社会信用代码").fill(company.uscc);
  await clerk.press("核对并注册");
  await clerk.sees("已经注册，不能重复注册");
  await see(clerk, "unit-new-exists");
  await clerk.press("加入单位");
  await expectThat.poll(() => clerk.page.getByLabel("单位名称或统一社会信用代码").inputValue(), { message: "the code is taken along" }).toBe(company.uscc);
  await clerk.sees(company.name);
  await clerk.page.getByLabel("单位名称或统一社会信用代码").fill("查");
  await clerk.press("搜索");
  await clerk.sees("至少两个字");
});

test("[MEM-1] [MEM-7] [MEM-8] [UNIT-11] asked, refused with a reason, asked again and let in; each shows on the other phone", async () => {
  await head.go(unit);
  await head.sees("1 人");
  await ask(clerk, "投标部新同事");
  await expect(head.page.getByLabel("1 项待办"), "the count comes by itself").toBeVisible();
  await head.press("待办任务");
  await head.sees("说明：投标部新同事");
  await clerk.go("/applications");
  await clerk.sees("待审核");
  await head.press(`拒绝 ${people[1].name} 的申请`);
  const refuse = head.page.getByRole("dialog").getByRole("button", { name: "拒绝" });
  await expectThat.poll(() => refuse.isDisabled(), { message: "a refusal needs a reason" }).toBe(true);
  await head.page.getByLabel("请填写拒绝原因").fill("请写明部门");
  await refuse.click();
  await head.sees("没有待办任务");
  await clerk.sees("已拒绝");
  await clerk.sees("管理员回复：请写明部门");
  await see(clerk, "applications-refused");

  await ask(clerk, "投标二部，工号 12");
  await head.sees("说明：投标二部，工号 12");
  await head.press(`通过 ${people[1].name} 的申请`);
  await answer(head, "通过");
  // The list on the clerk's phone was open all the time.
  await clerk.sees("已认证");
  expectThat(await clerk.page.getByText("待审核加入").count()).toBe(0);
  await clerk.press(new RegExp(company.name));
  await clerk.sees("2 人");
  expectThat(await clerk.page.getByRole("link", { name: "待办任务" }).count()).toBe(0);
});

test("[MEM-2] an administrator's invitation by text message lets in at once", async () => {
  await head.go(unit);
  await head.press("添加成员");
  await head.page.getByLabel("手机号").fill("123");
  await head.page.getByLabel("手机号").blur();
  await expectThat.poll(() => head.page.getByRole("button", { name: "发送邀请" }).isDisabled(), { message: "nobody to invite" }).toBe(true);
  await head.page.getByLabel("手机号").fill(people[2].phone);
  await head.press("添加");
  await see(head, "member-invite-many");
  const before = await server.newestMessage(`+86${people[2].phone}`);
  await head.press("发送邀请");
  await head.page.waitForURL((url) => url.pathname === unit);
  let text = before;
  for (let tries = 0; tries < 100 && text === before; tries++) {
    await third.page.waitForTimeout(100);
    text = await server.newestMessage(`+86${people[2].phone}`);
  }
  const link = /https?:\S+\/join\/\S+/.exec(text ?? "")?.[0] ?? "";
  await clerk.page.goto(link);
  await clerk.sees("您已在这个单位");
  await third.page.goto(link);
  await third.sees(company.name);
  await third.sees("无需再审核");
  await see(third, "invitation");
  await third.page.getByRole("button", { name: "加入", exact: true }).click();
  await third.page.waitForURL((url) => url.pathname === unit);
  await third.sees("3 人");
  await head.sees("3 人");
  await third.page.goto(link);
  await third.sees("邀请已失效");
});

test("[MEM-3] [MEM-7] a member asks that a colleague be removed, the administrator passes it, and the colleague's phone knows", async () => {
  await head.go(unit);
  await head.sees("3 人");
  await third.go(unit);
  await third.sees("3 人");
  await clerk.go(unit);
  await clerk.page.getByRole("link", { name: "删除成员" }).click();
  await expectThat.poll(() => clerk.page.getByRole("checkbox", { name: new RegExp(people[0].name) }).isDisabled(), { message: "the legal representative" }).toBe(true);
  await expectThat.poll(() => clerk.page.getByRole("checkbox", { name: new RegExp(people[1].name) }).isDisabled(), { message: "oneself" }).toBe(true);
  await clerk.page.getByLabel("搜索成员姓名").fill(people[2].name);
  await clerk.page.getByRole("checkbox", { name: new RegExp(people[2].name) }).check();
  await clerk.press("完成（1）");
  await clerk.page.getByLabel("请向管理员描述删除原因").fill("已调离");
  await answer(clerk, "发送申请");
  await clerk.page.waitForURL((url) => url.pathname === unit);
  await head.press("待办任务");
  await head.sees(`申请删除成员 ${people[2].name}`);
  await see(head, "tasks-removal");
  await head.press(`通过 ${people[1].name} 的申请`);
  await answer(head, "通过");
  await head.sees("没有待办任务");
  await third.sees("没有找到这个单位");
  await clerk.sees("2 人");
});

test("[MEM-3] an administrator ticks and removes after a question; nobody goes when it is answered with no", async () => {
  await ask(third, "我还在，误删了");
  await letIn(third, people[2]);
  await head.go(`${unit}/members/remove`);
  await head.page.getByRole("checkbox", { name: new RegExp(people[2].name) }).check();
  await head.press("完成（1）");
  await answer(head, "取消");
  await head.press("完成（1）");
  await head.sees(`确认删除 ${people[2].name}？`);
  await answer(head, "确定");
  await head.page.waitForURL((url) => url.pathname === unit);
  await head.sees("2 人");
  // The list of the one who was removed was open.
  await third.sees("还没有单位");
});

test("[MEM-5] [MEM-7] [MEM-10] the legal representative adds an administrator by transfer and cannot transfer again; the place goes on from there", async () => {
  await clerk.go(unit);
  await clerk.sees("2 人");
  await head.go(unit);
  await head.press("退出该单位");
  await head.sees("单位管理员需要转让管理员后才可以退出");
  await see(head, "member-leave-not");
  await answer(head, "关闭");
  await head.press("转让单位管理员");
  await head.sees("转让后您仍是管理员");
  await head.page.getByRole("radio", { name: new RegExp(people[1].name) }).check();
  await head.press("完成");
  await answer(head, "确定");
  await head.page.waitForURL((url) => url.pathname === unit);
  await clerk.page.getByRole("link", { name: "待办任务" }).waitFor();
  await head.sees("法定代表人");
  expectThat(await head.page.getByRole("link", { name: "转让单位管理员" }).count()).toBe(0);

  // Two administrators have the question open at once: the first answer counts, the second is told.
  await ask(third, "回来接管理员");
  await clerk.press("待办任务");
  await clerk.press(`通过 ${people[2].name} 的申请`);
  await letIn(third, people[2]);
  await answer(clerk, "通过");
  await clerk.sees("其他管理员已经通过了这条申请");
  await see(clerk, "tasks-decided");
  await clerk.go(unit);
  await clerk.press("退出该单位");
  await clerk.sees("单位管理员需要转让管理员后才可以退出");
  await answer(clerk, "关闭");
  await clerk.press("转让单位管理员");
  await clerk.page.getByRole("radio", { name: new RegExp(people[2].name) }).check();
  await clerk.press("完成");
  await answer(clerk, "确定");
  await clerk.page.waitForURL((url) => url.pathname === unit);
  await clerk.page.getByRole("link", { name: "待办任务" }).waitFor({ state: "detached" });
  await third.go(unit);
  await third.page.getByRole("link", { name: "待办任务" }).waitFor();
});

test("[MEM-4] a member is told what lapses, leaves, and is gone from the others' list at once", async () => {
  await head.go(unit);
  await head.sees("3 人");
  await clerk.go(unit);
  await clerk.press("退出该单位");
  await clerk.sees("退出单位后，您的已生效证书将会失效");
  await answer(clerk, "取消");
  await clerk.sees("3 人");
  await clerk.press("退出该单位");
  await answer(clerk, "确定");
  await clerk.sees("还没有单位");
  await head.sees("2 人");
  await clerk.go(unit);
  await clerk.sees("没有找到这个单位");
});
