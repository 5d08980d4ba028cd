// The people of a unit: the second person asks to join the first one's company, on two phones side by side.
import type { Phone } from "../../support/phone.ts";
import type { World } from "../../support/world.ts";
import { type Look, steady } from "./look.ts";

export async function tourMember(world: World, look: Look): Promise<void> {
  const [head, comer] = [await world.phone(0), await world.phone(1)];
  const { companies } = world.people;
  const see = async (phone: Phone, screen: string): Promise<void> => {
    await steady(phone.page);
    await look("phone", screen, phone.window);
  };
  const answer = (phone: Phone, name: string): Promise<void> => phone.page.getByRole("dialog").getByRole("button", { name, exact: true }).click();
  try {
    await comer.go("/units");
    await comer.press("加入或注册单位");
    await comer.page.getByRole("dialog").getByRole("button", { name: "加入单位" }).waitFor();
    await see(comer, "units-add");
    await answer(comer, "加入单位");
    await comer.page.getByLabel("单位名称或统一社会信用代码").fill("没有这样的单位");
    await comer.press("搜索");
    await comer.sees("没有找到单位");
    await see(comer, "join-none");
    await comer.page.getByLabel("单位名称或统一社会信用代码").fill("样本");
    await comer.press("搜索");
    await comer.sees("您已在这个单位");
    await see(comer, "join-found");
    await comer.press(new RegExp(companies[0].name));
    await comer.page.getByLabel("申请说明").fill("投标部，负责制作投标文件");
    await see(comer, "join-reason");
    await comer.press("发送申请");
    await comer.sees("待审核加入");
    await see(comer, "units-pending");
    await comer.go("/applications");
    await see(comer, "applications");

    await head.go("/units");
    await head.press(new RegExp(companies[0].name));
    await head.page.getByLabel("1 项待办").waitFor();
    await see(head, "unit-members");
    await head.press("待办任务");
    await see(head, "tasks");
    await head.press(/^拒绝/);
    await head.page.getByLabel("请填写拒绝原因").waitFor();
    await see(head, "task-refuse");
    await answer(head, "取消");
    await head.press(/^通过/);
    await see(head, "task-pass");
    await answer(head, "通过");
    await head.sees("没有待办任务");
    await see(head, "tasks-none");

    const unit = new URL(head.page.url()).pathname.replace(/\/tasks$/, "");
    for (const [path, screen] of [["/members/remove", "member-remove"], ["/transfer", "member-transfer"], ["/invite", "member-invite"]] as const) {
      await head.go(`${unit}${path}`);
      await see(head, screen);
    }
    await comer.go(`${unit}/members/remove`);
    await see(comer, "member-ask-removal");
    await grants(unit, head, comer, see);
    await comer.go(unit);
    await comer.press("退出该单位");
    await comer.page.getByRole("dialog").waitFor();
    await see(comer, "member-leave");
    await answer(comer, "确定");
    await comer.go("/join/AAAAAAAAAAAAAAAAAAAAAA");
    await comer.sees("邀请已失效");
    await see(comer, "invitation-gone");
  } finally {
    await Promise.all([head.close(), comer.close()]);
  }
}

/** The member asks for a certificate and a seal; both wait for the administrator. */
async function grants(unit: string, head: Phone, comer: Phone, see: (phone: Phone, screen: string) => Promise<void>): Promise<void> {
  for (const [link, what, screen] of [["申请单位证书", /SM2/, "certificate-ask"], ["申请印章授权", /公章/, "seal-ask"]] as const) {
    await comer.go(unit);
    await comer.page.getByRole("link", { name: link }).click();
    await comer.page.getByRole("checkbox", { name: what }).check();
    await comer.page.getByLabel("申请说明").fill("负责本月投标文件的制作和盖章");
    await see(comer, screen);
    await comer.press("提交申请");
    await comer.sees("待审核");
  }
  await see(comer, "applications-grants");
  await head.go(`${unit}/tasks`);
  await head.sees("申请使用公章");
  await see(head, "tasks-grants");
}
