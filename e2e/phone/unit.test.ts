// A company's way to being certified, as the full policy asks for it: by an administrator with a power of attorney, licence and
// deposit; by its legal representative; a company from elsewhere, which an operator looks at. Photos are really read.
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterAll, beforeAll, expect as expectThat, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { Reviewer } from "../support/reviewer.ts";
import { type Company, Phone, type Specimen } from "../support/phone.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");

let server: Server;
let companies: Company[];
let people: Specimen[];
let agent: Phone, head: Phone;

const ACCOUNT = "6222 0000 1234 5678";

async function open(person: Specimen): Promise<Phone> {
  const phone = await Phone.open(server);
  await phone.welcome();
  await phone.signIn(person.phone);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  await phone.go("/identity");
  await phone.identify(person);
  return phone;
}

/** Card and face of everybody are proven, which other tests show: only companies matter here. */
function prove(): void {
  const script = `
import sqlite3, sys, uuid
db = sqlite3.connect(sys.argv[1], timeout=10)
for (person,) in db.execute("SELECT id FROM person").fetchall():
    for kind in ("id_card", "face"):
        db.execute("INSERT INTO evidence (id, person_id, kind, provider, result, at_us) VALUES (?, ?, ?, 'test', 'passed', 0)", (str(uuid.uuid4()), person, kind))
db.commit()`;
  execFileSync(process.env["HULIAN_PYTHON"] ?? "python3", ["-c", script, join(server.folder, "hulian.sqlite")]);
}

beforeAll(async () => {
  server = await Server.start();
  const known = await server.specimens();
  companies = known.companies.filter((one) => one.behaviour === "match");
  people = companies.map((company) => known.people.find((one) => one.name === company.legal_representative) as Specimen);
  head = await open(people[0] as Specimen);
  agent = await open(people[1] as Specimen);
  prove();
  await server.restart("full");
});

afterAll(async () => {
  const errors = [head, agent].flatMap((phone) => phone?.window.errors ?? []);
  await Promise.all([head?.close(), agent?.close()]);
  await server?.stop();
  expectThat(errors).toEqual([]);
});

const specimen = async (number: string, file: string): Promise<Buffer> => Buffer.from(await (await fetch(`${server.publicUrl}/sandbox/specimens/${number}/${file}`)).arrayBuffer());

async function photo(phone: Phone, label: string, bytes: Buffer): Promise<void> {
  await phone.page.getByLabel(label, { exact: true }).setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: bytes });
}

/** Reading is work: a computer that is busy may take longer than a person waits, says so, and is asked again. */
async function until(phone: Phone, words: string, again: () => Promise<void>): Promise<void> {
  const busy = phone.page.getByText("识别服务暂时不可用").first();
  for (let tries = 0; tries < 4; tries++) {
    await again();
    // What was said of the last try is taken away when the next one begins.
    await busy.waitFor({ state: "hidden" });
    await phone.page.getByText(words).first().or(busy).first().waitFor({ timeout: 60_000 });
    if (await phone.page.getByText(words).first().isVisible()) return;
  }
  throw new Error(`${words} is not shown: ${await phone.page.locator("body").innerText()}`);
}

async function showLicence(phone: Phone, company: Company): Promise<void> {
  await phone.go("/units");
  await phone.sees("单位尚未认证，请上传营业执照");
  await phone.press(new RegExp(company.name));
  await phone.page.getByRole("dialog").getByRole("button", { name: "立即认证" }).waitFor();
  await see(phone, "units-certify");
  await phone.page.getByRole("dialog").getByRole("button", { name: "立即认证" }).click();
  await photo(phone, "营业执照", await specimen(company.uscc, "licence.png"));
  await phone.sees("已上传");
  await see(phone, "unit-licence");
  await until(phone, "待申请打款", () => phone.press(/^上传$/));
}

async function askDeposit(phone: Phone, company: Company): Promise<void> {
  await phone.go("/units");
  await phone.press(new RegExp(company.name));
  await phone.page.getByLabel("开户行").fill("样本银行 朝阳");
  await phone.press("搜索");
  await phone.page.getByRole("button", { name: "样本银行北京朝阳支行" }).waitFor();
  await see(phone, "unit-deposit-branch");
  await phone.press("样本银行北京朝阳支行");
  await phone.page.getByLabel("对公账号").fill(ACCOUNT);
  await see(phone, "unit-deposit");
  await phone.press("下一步");
  await phone.sees("请核对无误");
  await see(phone, "unit-deposit-confirm");
  await phone.press("确认打款");
  await phone.sees("打款申请中");
  await phone.sees("约需 30 分钟至 2 天");
  await see(phone, "unit-deposit-waiting");
}

/** What the finance department reads from the bank's statement, with the money there at once. */
async function amount(company: Company): Promise<string> {
  const page = async (): Promise<string> => (await fetch(`${server.publicUrl}/sandbox/bank`)).text();
  const card = (html: string): string => html.split('<div class="card transfer">').find((part) => part.includes(company.name)) ?? "";
  const html = card(await page());
  const transfer = /name="transfer" value="([^"]+)"/.exec(html)?.[1];
  if (transfer) {
    const answer = await fetch(`${server.publicUrl}/sandbox/bank`, { method: "POST", body: new URLSearchParams({ transfer, action: "arrive" }) });
    expectThat(answer.ok).toBe(true);
  }
  return /class="amount"><code>([\d.]+)/.exec(card(await page()))?.[1] ?? "";
}

async function enter(phone: Phone, text: string): Promise<void> {
  await phone.page.getByLabel("打款金额（元）").fill(text);
  await phone.press("提交认证");
}

test("[UNIT-2] [UNIT-6] [UNIT-7] [UNIT-8] [UNIT-10] [UNIT-11] the legal representative's company: licence, deposit, a wrong amount, certified", async () => {
  const company = companies[0] as Company;
  await head.registerCompany(company);
  await head.sees("请上传营业执照");
  await head.go("/units");
  await head.press(new RegExp(company.name));
  await head.page.getByRole("dialog").getByRole("button", { name: "取消" }).click();
  await head.sees("尚未认证");
  // Another company's licence.
  await head.press(new RegExp(company.name));
  await head.page.getByRole("dialog").getByRole("button", { name: "立即认证" }).click();
  await photo(head, "营业执照", await specimen((companies[1] as Company).uscc, "licence.png"));
  await head.sees("已上传");
  await until(head, "营业执照与注册信息不一致", () => head.press(/^上传$/));
  await see(head, "unit-licence-wrong");
  await showLicence(head, company);
  await askDeposit(head, company);
  const right = await amount(company);
  // The page was open all the time.
  await head.sees("已到账");
  await see(head, "unit-deposit-amount");
  await enter(head, right === "0.01" ? "0.02" : "0.01");
  await head.sees("还可以填写 2 次");
  await see(head, "unit-deposit-wrong");
  await head.page.reload();
  await enter(head, right);
  await head.page.waitForURL(/\/units\/[0-9a-f-]+$/);
  await head.sees("已认证");
  await see(head, "unit-certified");
});

test("[UNIT-1] [UNIT-3] [UNIT-9] an administrator with a power of attorney; three wrong amounts; a bank that cannot be found", async () => {
  const company = companies[2] as Company;
  const representative = people[2] as Specimen;
  const me = people[1] as Specimen;
  await agent.go("/units/new");
  await agent.page.getByText("我是单位管理员").click();
  await see(agent, "unit-new-attorney");
  const template = await fetch(`${server.phoneUrl}/api/v1/documents/power-of-attorney.docx`);
  expectThat([...new Uint8Array(await template.arrayBuffer()).slice(0, 2)], "a real document").toEqual([0x50, 0x4b]);
  // The other side of the card is no front.
  const back = await specimen(representative.id_number, "back.png");
  await until(agent, "这不是要上传的材料", () => photo(agent, "法定代表人身份证（人像面）", back));
  await see(agent, "unit-new-photo-wrong");
  await photo(agent, "法定代表人身份证（人像面）", await specimen(representative.id_number, "front.png"));
  await expectThat.poll(() => agent.page.getByLabel("法定代表人姓名").inputValue(), { timeout: 60_000 }).toBe(representative.name);
  await photo(agent, "法定代表人身份证（国徽面）", await specimen(representative.id_number, "back.png"));
  await photo(agent, "授权委托书", await specimen(company.uscc, `attorney-${me.id_number}.png`));
  await expectThat.poll(() => agent.page.getByLabel("单位全称").inputValue(), { timeout: 60_000 }).toBe(company.name);
  await agent.page.reload();
  await expectThat.poll(() => agent.page.getByLabel("单位全称").inputValue(), { message: "the draft is kept" }).toBe(company.name);
  await agent.page.getByLabel("统一社会信用代码").fill(company.uscc);
  await agent.page.getByLabel("法定代表人身份证号").fill(representative.id_number);
  await see(agent, "unit-new-attorney-filled");
  await agent.press("核对并注册");
  await agent.sees("注册成功");
  await see(agent, "unit-registered");
  await showLicence(agent, company);
  await askDeposit(agent, company);
  const right = await amount(company);
  await agent.sees("已到账");
  const wrong = right === "0.01" ? "0.02" : "0.01";
  for (const left of [2, 1]) {
    await enter(agent, wrong);
    await agent.sees(`还可以填写 ${left} 次`);
  }
  await enter(agent, wrong);
  await agent.sees("金额 3 次都不对，请重新申请打款");
  await see(agent, "unit-deposit-over");
  await agent.press("找不到开户行？");
  await agent.page.getByLabel("银行及网点").fill("样本村镇银行一号支行");
  await see(agent, "unit-deposit-by-hand");
  await agent.page.getByLabel("对公账号").fill(ACCOUNT);
  await agent.press("提交人工办理");
  await agent.sees("待人工审核");
  await see(agent, "units-reviewing");
  const finance = await Reviewer.make(server, "财务员", "finance");
  await finance.decide("unit_deposit", "pass");
  // The list was open all the time.
  await agent.sees("已认证");
});

test("[UNIT-5] [UNIT-12] a company from elsewhere waits for an operator", async () => {
  await head.go("/units");
  await head.press("加入或注册单位");
  await head.page.getByRole("dialog").getByRole("button", { name: "注册港澳台或境外企业" }).click();
  await head.page.getByLabel("单位名称").fill("Specimen Trading (HK) Ltd.");
  await head.page.getByLabel("注册号").fill("HRB-123456");
  await head.page.getByLabel("法定代表人姓名").fill("CHAN Siu Ming");
  await head.page.getByLabel("法定代表人证件号码").fill("A123456(7)");
  const any = await specimen((companies[0] as Company).uscc, "licence.png");
  await photo(head, "注册证书", any);
  await photo(head, "法定代表人证件（正面）", any);
  await expectThat.poll(() => head.page.getByText("已上传").count(), { timeout: 20_000 }).toBe(2);
  await see(head, "unit-foreign");
  await head.press("提交人工审核");
  await head.sees("Specimen Trading (HK) Ltd.");
  await head.sees("待人工审核");
  const reviewer = await Reviewer.make(server, "审核员", "reviewer");
  await reviewer.decide("unit_foreign", "refuse", "注册证书看不清");
  // The list was open all the time; the row leads back to the form with what was typed.
  await head.sees("审核未通过：注册证书看不清");
  await see(head, "units-refused");
  await head.press(/Specimen Trading/);
  await head.sees("审核未通过：注册证书看不清");
  await see(head, "unit-foreign-refused");
  await expectThat.poll(() => head.page.getByLabel("注册号").inputValue()).toBe("HRB-123456");
  await photo(head, "注册证书", any);
  await expectThat.poll(() => head.page.getByText("已上传").count(), { timeout: 20_000 }).toBe(2);
  await head.press("提交人工审核");
  await head.sees("待人工审核");
  await reviewer.decide("unit_foreign", "pass");
  await head.page.getByRole("link", { name: /Specimen Trading.*已认证/s }).waitFor();
});
