// Who a person is, under the policy that asks for everything: card and face, an operator's word, an account that is recovered.
import { afterEach, beforeAll, expect, test } from "vitest";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { seeing } from "../screens/eye.ts";
import { Reviewer } from "../support/reviewer.ts";
import { Phone, type Specimen } from "../support/phone.ts";
import { runFolder, Server } from "../support/system.ts";

const see = seeing("phone");
const NEW = "13711113333";
/** The embedded reader takes seconds for a photo where everything is built for development. */
const READING = { timeout: 90_000 };

let server: Server;
let people: Specimen[];
const open: Phone[] = [];

beforeAll(async () => {
  server = await Server.start();
  await server.restart("full");
  people = (await server.specimens()).people;
  return () => server.stop();
});

afterEach(async () => {
  for (const phone of open.splice(0)) {
    expect(phone.window.errors).toEqual([]);
    await phone.close();
  }
});

/** A phone that nobody used before, signed in. */
async function newPhone(number: string): Promise<Phone> {
  const phone = await Phone.open(server);
  open.push(phone);
  await phone.welcome();
  server.minutePasses();
  await phone.signIn(number);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  return phone;
}

/** A specimen's paper, as a file in the phone's album. */
async function paper(person: Specimen, name: string): Promise<string> {
  const answer = await fetch(`${server.publicUrl}/sandbox/specimens/${person.id_number}/${name}`);
  expect(answer.status).toBe(200);
  const folder = join(runFolder(), `album-${person.id_number}`);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, Buffer.from(await answer.arrayBuffer()));
  return path;
}

/** From the album: the field's second way. */
async function chooses(phone: Phone, label: string, file: string): Promise<void> {
  const field = phone.page.locator(".field").filter({ hasText: label });
  await field.locator("input[type=file]").nth(1).setInputFiles(file);
  await field.getByText("重拍").or(field.getByText("重新")).first().waitFor();
}

async function handsInCard(phone: Phone, person: Specimen): Promise<void> {
  await chooses(phone, "人像面", await paper(person, "front.png"));
  await chooses(phone, "国徽面", await paper(person, "back.png"));
}

async function names(phone: Phone, person: Specimen): Promise<void> {
  await phone.page.getByLabel("姓名").fill(person.name);
  await phone.page.getByLabel("身份证号").fill(person.id_number);
}

/** At the sandbox's camera page, and back. */
async function showsFace(phone: Phone, button: string): Promise<void> {
  await phone.page.waitForURL(/\/sandbox\/face\//);
  await phone.page.getByRole("button", { name: button, exact: true }).click();
  // That the address is reached: what the page then shows is waited for by whoever goes on.
  await phone.page.waitForURL((url) => url.origin === server.phoneUrl, { waitUntil: "commit" });
}

async function becomesVerified(phone: Phone, person: Specimen): Promise<void> {
  await phone.go("/identity");
  await names(phone, person);
  await phone.press("开始核验");
  await phone.sees("身份证照片");
  await handsInCard(phone, person);
  await phone.press("上传并核对");
  await phone.page.getByRole("button", { name: "采集本人人脸" }).waitFor(READING);
  await phone.press("采集本人人脸");
  await showsFace(phone, "通过");
  await phone.sees("您的身份已通过核验");
}

test("[IDV-1] a mainland person proves name, card and face; what is wrong is said, and nothing is lost", async () => {
  const person = people[0] as Specimen;
  const phone = await newPhone(person.phone);
  await phone.go("/identity");
  await names(phone, person);
  await phone.press("开始核验");
  await phone.sees("人像面");
  await see(phone, "identity-card");
  // The wrong side, and a card that has run out: the reason is told, and only the photo at fault goes.
  await chooses(phone, "人像面", await paper(person, "front.png"));
  await chooses(phone, "国徽面", await paper(person, "expired.png"));
  await phone.press("上传并核对");
  await phone.page.getByText(/已于 2024-05-06 到期/).waitFor(READING);
  await see(phone, "identity-card-expired");
  await chooses(phone, "国徽面", await paper(person, "back.png"));
  // A reload keeps both photos and the step.
  await phone.page.reload();
  await phone.sees("人像面");
  await see(phone, "identity-card-given");
  await phone.press("上传并核对");
  await phone.page.getByRole("button", { name: "采集本人人脸" }).waitFor(READING);
  await see(phone, "identity-face");
  await phone.press("采集本人人脸");
  await showsFace(phone, "不通过");
  await phone.sees("没有通过");
  await see(phone, "identity-face-failed");
  await phone.press("再试一次");
  await showsFace(phone, "通过");
  await phone.sees("您的身份已通过核验");
  await phone.sees("1001***********01X");
  await see(phone, "identity-proven");
});

test("[IDV-2] after three failed faces an operator compares a photo; the page hears of it by itself", async () => {
  const person = people[1] as Specimen;
  const phone = await newPhone(person.phone);
  await phone.go("/identity");
  await names(phone, person);
  await phone.press("开始核验");
  await phone.sees("人像面");
  await handsInCard(phone, person);
  await phone.press("上传并核对");
  await phone.page.getByRole("button", { name: "采集本人人脸" }).waitFor(READING);
  for (let failed = 0; failed < 3; failed++) {
    await phone.press(failed === 0 ? "采集本人人脸" : "再试一次");
    await showsFace(phone, "不通过");
    await phone.sees("没有通过");
    await see(phone, "identity-face-review");
  }
  await chooses(phone, "手持证件照", await paper(person, "front.png"));
  await phone.press("提交人工审核");
  await phone.sees("照片已提交人工审核");
  await see(phone, "identity-face-waiting");
  const operator = await Reviewer.make(server, "审核员甲", "reviewer");
  await operator.decide("person_face", "pass");
  await phone.sees("您的身份已通过核验");
});

test("[IDV-3] a person of Hong Kong hands in a document; refused with a reason, then passed", async () => {
  const photo = await paper(people[2] as Specimen, "front.png");
  const phone = await newPhone("13711112288");
  await phone.go("/identity");
  await phone.page.getByLabel("国籍或地区").selectOption("HK");
  await see(phone, "identity-document");
  await phone.page.getByLabel("姓名").fill("Chan Tai Man");
  await phone.page.getByLabel("证件号码").fill("H1234567");
  for (const label of ["证件正面", "证件反面", "手持证件照"]) await chooses(phone, label, photo);
  await phone.press("提交人工审核");
  await phone.sees("证件号码不对");
  await see(phone, "identity-document-wrong");
  await phone.page.getByLabel("证件号码").fill("H12345678");
  await phone.press("提交人工审核");
  await phone.sees("已提交人工审核");
  await see(phone, "identity-document-waiting");
  const operator = await Reviewer.make(server, "审核员乙", "reviewer");
  await operator.decide("person_document", "refuse", "手持照片不清晰");
  await phone.sees("手持照片不清晰");
  await see(phone, "identity-document-refused");
  expect(await phone.page.getByLabel("姓名").inputValue()).toBe("Chan Tai Man");
  expect(await phone.page.getByLabel("证件号码").inputValue()).toBe("H12345678");
  for (const label of ["证件正面", "证件反面", "手持证件照"]) await chooses(phone, label, photo);
  await phone.press("提交人工审核");
  await phone.sees("已提交人工审核");
  await operator.decide("person_document", "pass");
  await phone.sees("您的身份已通过核验");
});

test("[IDV-4] a second account with the same document is offered the recovery of the first", async () => {
  const phone = await newPhone("13711115555");
  await phone.go("/identity");
  await names(phone, people[0] as Specimen);
  await phone.press("开始核验");
  await phone.sees("这个证件已在另一个账号实名");
  await see(phone, "identity-taken");
  await phone.press("找回那个账号");
  await phone.page.getByLabel("要找回的手机号").waitFor();
});

test("[OPS-4] whom the machine refuses, an operator recovers", async () => {
  const person = people[6] as Specimen;
  const photo = await paper(person, "front.png");
  await newPhone(person.phone);
  const fresh = await Phone.open(server);
  open.push(fresh);
  await fresh.welcome();
  await fresh.go("/recover");
  await see(fresh, "recover");
  await fresh.page.getByLabel("要找回的手机号").fill(person.phone);
  await fresh.press("下一步");
  await fresh.press("申请人工找回");
  await see(fresh, "recover-operator");
  await fresh.page.getByLabel("姓名").fill(person.name);
  await fresh.page.getByLabel("证件号码").fill(person.id_number);
  await fresh.page.getByLabel("说明").fill("原手机号已停用");
  for (const label of ["证件正面", "手持证件照"]) await chooses(fresh, label, photo);
  await fresh.press("提交人工审核");
  await fresh.sees("已提交人工审核");
  await see(fresh, "recover-reviewing");
  const operator = await Reviewer.make(server, "审核员丙", "reviewer");
  await operator.decide("person_recovery", "pass");
  // Days later, on the same phone.
  await fresh.go("/recover");
  const number = "13711116666";
  await fresh.page.getByLabel("新手机号").fill(number);
  const before = await server.newestMessage(`+86${number}`);
  await fresh.press("获取验证码");
  await fresh.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${number}`, before));
  await see(fresh, "recover-number");
  await fresh.press("提交");
  await fresh.sees("手机号已变更");
  await see(fresh, "recover-done");
});

test("[ACC-4] an account is recovered with a new number while the old phone is signed in", async () => {
  const person = people[3] as Specimen;
  const old = await newPhone(person.phone);
  await becomesVerified(old, person);
  const fresh = await Phone.open(server);
  open.push(fresh);
  await fresh.welcome();
  await fresh.press("手机号不用了？账号找回");
  await fresh.page.getByLabel("要找回的手机号").fill(person.phone);
  await fresh.press("下一步");
  await names(fresh, people[4] as Specimen);
  await handsInCard(fresh, people[4] as Specimen);
  await fresh.press("下一步");
  // Somebody else's card: the same words as for a number without an account.
  await fresh.page.getByText(/对不上/).waitFor(READING);
  await see(fresh, "recover-refused");
  await names(fresh, person);
  await handsInCard(fresh, person);
  await fresh.press("下一步");
  await fresh.page.getByRole("button", { name: "采集本人人脸" }).waitFor(READING);
  await see(fresh, "recover-face");
  await fresh.press("采集本人人脸");
  await showsFace(fresh, "通过");
  await fresh.page.getByLabel("新手机号").fill(NEW);
  const before = await server.newestMessage(`+86${NEW}`);
  await fresh.press("获取验证码");
  await fresh.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${NEW}`, before));
  await fresh.press("提交");
  await fresh.sees("手机号已变更");
  await old.go("/me");
  await old.page.getByLabel("手机号").waitFor();
});

test("[ACC-5] [PWD-4] whoever cannot receive codes changes the number by face; a phone without certificates shows it for a forgotten password", async () => {
  const person = people[5] as Specimen;
  const phone = await newPhone(person.phone);
  await becomesVerified(phone, person);
  await phone.go("/me/phone");
  await phone.press("无法获取验证码？用人脸识别验证");
  await showsFace(phone, "通过");
  const number = "13711114444";
  await phone.page.getByLabel("新手机号").waitFor();
  await see(phone, "phone-change-new");
  await phone.page.getByLabel("新手机号").fill(number);
  const before = await server.newestMessage(`+86${number}`);
  await phone.press("获取验证码");
  await phone.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${number}`, before));
  await phone.press("确认更换");
  await phone.sees("手机号已更换");

  await phone.go("/password/set");
  await phone.setPassword();
  await phone.go("/password");
  await phone.press("忘记密码");
  await phone.sees("重设密码前要先完成人脸识别");
  await phone.press("开始人脸识别");
  await showsFace(phone, "不通过");
  await phone.sees("重设密码前要先完成人脸识别");
  await phone.press("开始人脸识别");
  await showsFace(phone, "通过");
  await phone.sees("人脸识别已通过");
  server.minutePasses();
  const last = await server.newestMessage(`+86${number}`);
  await phone.press("获取验证码");
  await phone.page.getByLabel("短信验证码").fill(await server.awaitCode(`+86${number}`, last));
  await phone.press("下一步");
  for (const told of ["设置新密码", "再输入一次新密码"]) {
    await phone.sees(told);
    await phone.type("730184");
  }
  await phone.sees("密码已重设");
});
