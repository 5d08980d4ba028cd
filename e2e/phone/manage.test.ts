// Keeping a unit up, with two phones and an operator: its information by two at once, its picture, a take-over, another name, the
// legal representative's photos and permission. What happens on one phone shows on the other by itself.
import { afterAll, beforeAll, expect as expectThat, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { expect } from "../support/expect.ts";
import { type Company, Phone, type Specimen } from "../support/phone.ts";
import { Reviewer } from "../support/reviewer.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");
/** The embedded reader takes seconds for a photo where everything is built for development. */
const READING = { timeout: 90_000 };

let server: Server;
let operator: Reviewer;
let company: Company;
let people: [Specimen, Specimen];
/** The legal representative, and a colleague. */
let head: Phone, clerk: Phone;
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
  operator = await Reviewer.make(server, "审核员", "reviewer");
  const known = await server.specimens();
  const matching = known.companies.filter((one) => one.behaviour === "match");
  company = matching[0] as Company;
  const of = (name: string): Specimen => known.people.find((one) => one.name === name) as Specimen;
  people = [of(company.legal_representative), of(matching[1]?.legal_representative ?? "")];
  head = await open(people[0]);
  await head.registerCompany(company);
  await head.press("查看单位");
  await head.page.waitForURL(/\/units\/[0-9a-f-]+$/);
  unit = new URL(head.page.url()).pathname;
  clerk = await open(people[1]);
});

afterAll(async () => {
  const errors = [head, clerk].flatMap((phone) => phone?.window.errors ?? []);
  await Promise.all([head?.close(), clerk?.close()]);
  await server?.stop();
  expectThat(errors).toEqual([]);
});

const field = (phone: Phone, name: string) => phone.page.getByLabel(name);
const specimen = async (number: string, file: string): Promise<Buffer> => Buffer.from(await (await fetch(`${server.publicUrl}/sandbox/specimens/${number}/${file}`)).arrayBuffer());

/** Hands a paper in by the field that asks for it. */
async function paper(phone: Phone, label: string, buffer: Buffer, mimeType = "image/png"): Promise<void> {
  const tile = phone.page.getByRole("button", { name: new RegExp(`^${label} `) });
  await tile.click();
  const chooser = phone.page.waitForEvent("filechooser");
  await phone.page.getByRole("dialog").getByRole("button", { name: /^从相册/ }).click();
  await (await chooser).setFiles({ name: "paper", mimeType, buffer });
  await expect(tile.getByText("重新上传"), `${label} is handed in`).toBeVisible();
}

/** What is said when the photos have been read. */
async function reads(phone: Phone, words: string): Promise<void> {
  await phone.page.getByText(words).first().waitFor(READING);
}

/** The register of the sandbox has other facts from now on. */
async function register(name: string, legal_representative: string): Promise<void> {
  await fetch(`${server.publicUrl}/sandbox/register`, { method: "POST", redirect: "manual", body: new URLSearchParams({ uscc: company.uscc, name, legal_representative }) });
}

test("[MEM-6] [OPS-4] somebody from outside asks for the administrator's place, is refused with a reason, and asks again", async () => {
  await clerk.go("/units/join");
  await field(clerk, "单位名称或统一社会信用代码").fill(company.name.slice(0, 4));
  await clerk.press("搜索");
  await clerk.press(new RegExp(company.name));
  await clerk.press("管理员联系不上？申请成为管理员");
  await clerk.sees("仅限单位管理员联系不上时使用");
  await see(clerk, "unit-takeover");
  await clerk.press("继续申请");
  const send = clerk.page.getByRole("button", { name: "提交申请" });
  await field(clerk, "申请说明").fill("管理员已离职，联系不上");
  await paper(clerk, "管理员变更授权书", Buffer.from("%PDF-1.7\n"), "application/pdf");
  await expectThat.poll(() => send.isDisabled(), { message: "from outside the licence is needed" }).toBe(true);
  await clerk.page.reload();
  await expectThat.poll(() => field(clerk, "申请说明").inputValue(), { message: "what was typed survives a reload" }).toBe("管理员已离职，联系不上");
  await paper(clerk, "营业执照", await specimen(company.uscc, "licence.png"));
  await see(clerk, "unit-takeover-form");
  await send.click();
  await clerk.sees("审核中");
  await see(clerk, "unit-takeover-waiting");
  await operator.decide("unit_outsider", "refuse", "授权书没有签名");
  await clerk.sees("上次申请未通过：授权书没有签名");
  await see(clerk, "unit-takeover-refused");
  await clerk.press("继续申请");
  await field(clerk, "申请说明").fill("已补签名");
  await paper(clerk, "管理员变更授权书", Buffer.from("%PDF-1.7\n"), "application/pdf");
  await paper(clerk, "营业执照", await specimen(company.uscc, "licence.png"));
  await send.click();
  await clerk.sees("审核中");
  await head.go(unit);
  await head.sees("1 人");
  await operator.decide("unit_outsider", "pass");
  await clerk.sees("您是单位管理员");
  await see(clerk, "unit-takeover-done");
  await head.sees("2 人");
  await clerk.press("查看单位");
  await clerk.sees("单位管理");
  expectThat(await server.newestMessage(`+86${people[1].phone}`), "told by a message too").toContain("管理员");
});

test("[MEM-9] two administrators write the unit's information; the second is told and loses nothing", async () => {
  await head.go(`${unit}/information`);
  await clerk.go(`${unit}/information`);
  await field(head, "银行账号").fill("12");
  await field(head, "开户行").fill("样本银行样本支行");
  await field(head, "银行账号").blur();
  await head.sees("请输入 6 至 34 位账号");
  await see(head, "unit-information-wrong");
  await field(head, "银行账号").fill("1100 1001 0010 0001");
  await head.press("保存");
  await head.sees("已保存");
  await see(head, "unit-information");
  await field(clerk, "开户行").fill("别的银行");
  await clerk.press("保存");
  await clerk.sees("资料刚刚被其他管理员修改过");
  expectThat(await field(clerk, "开户行").inputValue(), "what was typed is still there").toBe("别的银行");
  await clerk.sees("现在是：样本银行样本支行");
  await see(clerk, "unit-information-conflict");
  await clerk.page.getByText("现在是：1100100100100001").getByRole("button", { name: "采用" }).click();
  await clerk.press("保存");
  await clerk.sees("已保存");
  await head.page.reload();
  await expectThat.poll(() => field(head, "开户行").inputValue()).toBe("别的银行");
  await expectThat.poll(() => field(head, "银行账号").inputValue()).toBe("1100100100100001");
});

test("[UMG-1] the picture is cropped on the phone and seen by the other", async () => {
  await head.go(`${unit}/manage`);
  await head.sees("更换单位头像");
  await see(head, "unit-manage");
  await head.press("更换单位头像");
  await head.page.getByRole("button", { name: "从相册选择" }).waitFor();
  await see(head, "unit-avatar-none");
  const chooser = head.page.waitForEvent("filechooser");
  await head.press("从相册选择");
  await (await chooser).setFiles({ name: "photo.png", mimeType: "image/png", buffer: await specimen(people[0].id_number, "front.png") });
  await head.sees("拖动图片选择要保留的部分");
  await see(head, "unit-avatar");
  const wide = (phone: Phone) => phone.page.locator("img.mark").first().evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]);
  await head.press("保存");
  await head.sees("单位头像已更换");
  await head.page.waitForURL(/\/manage$/);
  await clerk.go("/units");
  await clerk.page.locator("img.mark").waitFor();
  expectThat(await wide(clerk), "square, at most 512 pixels").toEqual([512, 512]);
});

test("[UMG-4] [UMG-2] another name by licence and register, at once; old seals keep the old name", async () => {
  await head.makeSeal();
  const renamed = "样本建设集团有限公司";
  await head.go(`${unit}/change`);
  await head.page.getByLabel("变更单位名称").check();
  await see(head, "unit-change");
  await field(head, "新的单位名称").fill(renamed);
  await paper(head, "新的营业执照", await specimen(company.uscc, "licence.png"));
  await head.press("提交变更");
  await reads(head, "材料与填写的信息不一致：营业执照上的名称");
  await head.page.getByRole("button", { name: "提交人工审核" }).waitFor();
  await see(head, "unit-change-wrong");
  await register(renamed, people[0].name);
  await paper(head, "新的营业执照", await specimen(company.uscc, "licence.png"));
  await head.press("提交变更");
  await reads(head, "变更成功");
  await head.sees(renamed);
  await head.sees("请重新制作");
  await see(head, "unit-change-done");
  await expect(head.page.getByRole("listitem").filter({ hasText: "公章" }).getByText(company.name), "the seal has the old name").toBeVisible();
  await clerk.go(unit);
  await clerk.sees(renamed);
  await head.go(`${unit}/materials`);
  await head.page.getByRole("button", { name: /^营业执照 / }).waitFor();
  await see(head, "unit-materials");
  await head.press(/^营业执照 /);
  const large = head.page.getByRole("dialog", { name: "营业执照" });
  await large.locator("img").waitFor();
  await see(head, "unit-materials-large");
  await large.getByRole("button", { name: "旋转" }).click();
  await large.getByRole("button", { name: "放大" }).click();
  expectThat(await large.locator("img").evaluate((image) => image.style.transform)).toBe("rotate(90deg)");
  await large.getByRole("button", { name: "关闭" }).click();
  await expect(large).toBeHidden();
});

test("[UMG-3] the legal representative's photos are read, compared and replaced", async () => {
  await clerk.go(`${unit}/representative`);
  await paper(clerk, "法定代表人身份证（人像面）", await specimen(people[1].id_number, "front.png"));
  await paper(clerk, "法定代表人身份证（国徽面）", await specimen(people[0].id_number, "back.png"));
  await clerk.page.getByRole("button", { name: "上传", exact: true }).last().click();
  await reads(clerk, "材料与填写的信息不一致：身份证上的姓名");
  await see(clerk, "unit-representative-wrong");
  await paper(clerk, "法定代表人身份证（人像面）", await specimen(people[0].id_number, "front.png"));
  await clerk.page.getByRole("button", { name: "上传", exact: true }).last().click();
  await reads(clerk, "法定代表人证件照已更换");
  await see(clerk, "unit-representative");
  await expect(clerk.page.getByRole("button", { name: /^法定代表人证件（人像面） / })).toBeVisible();
});

test("[UMG-5] the legal representative alone permits the legal representative's seal", async () => {
  await clerk.go(`${unit}/permission`);
  const tick = (phone: Phone) => phone.page.getByRole("checkbox", { name: /授权法定代表人章管理/ });
  await clerk.sees("只有法定代表人可以修改");
  await see(clerk, "unit-permission-fixed");
  expectThat(await tick(clerk).isDisabled()).toBe(true);
  await head.go(`${unit}/manage`);
  await head.press("修改管理员权限");
  await tick(head).check();
  await see(head, "unit-permission");
  await head.press("保存");
  await head.sees("已保存");
  await clerk.page.reload();
  await expectThat.poll(() => tick(clerk).isChecked()).toBe(true);
});

test("[MEM-10] [UMG-4] an operator names another legal representative; the former one can be removed", async () => {
  await head.go(`${unit}/change`);
  await head.page.getByLabel("变更法定代表人").check();
  await field(head, "新法定代表人姓名").fill(people[1].name);
  await field(head, "新法定代表人身份证号").fill(people[1].id_number);
  await paper(head, "新的营业执照", await specimen(company.uscc, "licence.png"));
  await paper(head, "法定代表人身份证（人像面）", await specimen(people[1].id_number, "front.png"));
  await paper(head, "法定代表人身份证（国徽面）", await specimen(people[1].id_number, "back.png"));
  await paper(head, "法定代表人授权书", Buffer.from("%PDF-1.7\n"), "application/pdf");
  await head.press("提交变更");
  await reads(head, "营业执照上的法定代表人");
  await see(head, "unit-change-representative");
  await head.press("提交人工审核");
  await head.sees("变更审核中");
  await see(head, "unit-change-waiting");
  await operator.decide("unit_change", "pass");
  await head.sees("上次变更已审核通过");
  await see(head, "unit-change-passed");
  await clerk.go(`${unit}/members/remove`);
  await clerk.page.getByRole("checkbox", { name: new RegExp(people[0].name) }).check();
  await clerk.page.getByRole("button", { name: /完成/ }).click();
  await clerk.page.getByRole("dialog").getByRole("button", { name: "确定" }).click();
  await clerk.sees("1 人");
});
