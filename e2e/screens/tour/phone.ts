// Every page of the phone app as somebody sees it who has a company, certificates and a seal.
import type { Phone } from "../../support/phone.ts";
import type { Ready } from "../../support/ready.ts";
import type { World } from "../../support/world.ts";
import { type Look, steady } from "./look.ts";

/** Pages by their address; of a list its first entry as well. */
const PAGES: readonly (readonly [path: string, screen: string, entry?: string])[] = [
  ["/", "home"],
  ["/units", "units", "unit"],
  ["/units/new", "unit-new"],
  ["/certificates", "certificates", "certificate"],
  ["/seals", "seals", "seal"],
  ["/seals/new", "seal-new"],
  ["/orders", "orders", "order"],
  ["/operations", "operations"],
  ["/centre", "centre"],
  ["/me", "me"],
  ["/me/settings", "settings"],
  ["/me/sessions", "sessions"],
  ["/me/phone", "phone-change"],
  ["/me/cancel", "cancel"],
  ["/me/about", "about"],
  ["/me/version", "version"],
  ["/device", "device"],
  ["/password", "password"],
  ["/password/forgotten", "password-forgotten"],
  ["/guides", "guides", "guide"],
  ["/agreements/privacy", "agreement"],
  ["/buy", "buy"],
  ["/scan/code", "scan-code"],
  ["/s/short", "scan-malformed"],
  ["/s/AAAAAAAAAAAAAAAAAAAAAA", "scan-unknown"],
  ["/no/such/page", "not-found"],
];

export async function tourPhone(world: World, look: Look): Promise<void> {
  const phone = await world.phone(0);
  const see = (screen: string): Promise<void> => look("phone", screen, phone.window);
  try {
    for (const [path, screen, entry] of PAGES) {
      await phone.go(path);
      await steady(phone.page);
      await see(screen);
      if (!entry) continue;
      await phone.page.locator(`a[href^="${path}/"]:not([href="${path}/new"])`).first().click();
      await phone.page.waitForURL((url) => url.pathname.startsWith(`${path}/`));
      await steady(phone.page);
      await see(entry);
    }
    await order(phone, world.people, see);
    await scanning(phone, see);
  } finally {
    await phone.close();
  }
}

async function order(phone: Phone, people: Ready, see: (screen: string) => Promise<void>): Promise<void> {
  await phone.go("/buy");
  await phone.pick(people.companies[0].name);
  await phone.pick(/SM2/);
  await see("buy-chosen");
  await phone.press("下一步");
  await phone.sees("提交订单");
  await see("buy-confirm");
  await phone.page.getByRole("checkbox").check();
  await phone.press("提交订单");
  await phone.sees("去支付");
  await see("order-unpaid");
}

/** Chromium's own fake camera shows a moving picture without a code. */
async function scanning(phone: Phone, see: (screen: string) => Promise<void>): Promise<void> {
  await phone.go("/scan");
  await phone.sees("请将电脑上的二维码放入框内");
  await see("scan");
  await phone.typeShortCode("ABCD2345");
  await phone.page.getByRole("alert").filter({ hasText: /\S/ }).first().waitFor();
  await see("scan-code-unknown");
  await phone.go("/");
  await steady(phone.page);
  await phone.window.context.setOffline(true);
  await phone.page.locator(".banner").waitFor();
  await see("home-offline");
  await phone.window.context.setOffline(false);
}

/** The page without a camera needs a browser that says no. */
export async function tourWithoutCamera(world: World, look: Look): Promise<void> {
  const phone = await world.phone(0);
  try {
    await phone.page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "NotAllowedError"));
    });
    await phone.go("/scan");
    await phone.sees("没有相机权限");
    await look("phone", "scan-no-camera", phone.window);
  } finally {
    await phone.close();
  }
}
