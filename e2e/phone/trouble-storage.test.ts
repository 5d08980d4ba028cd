// A phone that lost its storage: a normal state with a way out, and the former half is dead.
import { afterAll, beforeAll, test } from "vitest";
import { seeing } from "../screens/eye.ts";
import { PASSWORD, Phone } from "../support/phone.ts";
import { ready, type Ready } from "../support/ready.ts";
import { scene, SHOWN } from "../support/scene.ts";
import { Server } from "../support/system.ts";

const see = seeing("phone");

let people: Ready;
let server: Server;

beforeAll(async () => {
  people = await ready();
  server = await Server.start(people.data);
});

afterAll(async () => {
  await server?.stop();
});

/** As a person clears the browser's data, or the browser does it for want of room. */
async function clearStorage(phone: Phone, what: string): Promise<void> {
  const session = await phone.window.context.newCDPSession(phone.page);
  await session.send("Storage.clearDataForOrigin", { origin: phone.server.phoneUrl, storageTypes: what });
  await session.detach();
}

async function signInAgain(phone: Phone, number: string): Promise<void> {
  await phone.signIn(number);
  await phone.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
}

async function seesReissues(phone: Phone, state: string, free: number): Promise<void> {
  await phone.go("/certificates");
  await phone.page.getByRole("link", { name: /RSA/ }).first().click();
  await phone.sees(`免费 ${free} 次`);
  await phone.sees(state);
}

test("[CERT-13] [SCAN-7] storage cleared: signed in again, the certificate is reissued inside the scan, and the former half is dead", async () => {
  await scene(server, people, async (it) => {
    const { phone } = it;
    await clearStorage(phone, "all");
    await phone.welcome();
    await signInAgain(phone, people.people[0].phone);
    await seesReissues(phone, "需补发", 3);
    await see(phone, "certificate-reissue");

    await it.reach("choose");
    await phone.sees("不在这部手机上，需要补发（剩余 3 次）");
    await see(phone, "scan-choose-reissue");
    await phone.chooseCertificate(/RSA/);
    await phone.sees("剩余补发次数：3");
    await see(phone, "scan-reissue");
    await phone.press("取消");
    await phone.sees(SHOWN.choose);
    await phone.chooseCertificate(/RSA/);
    await phone.press("立即补发");
    await phone.type(PASSWORD);
    await phone.page.getByText(SHOWN.confirm).first().waitFor({ timeout: 60_000 });
    await it.finish();
    await it.seals(1);
    await seesReissues(phone, "可使用", 2);

    const former = await Phone.open(server, { from: people.phones[0] });
    try {
      await it.clerk.again();
      await former.scanFromAlbum(await it.show());
      await former.match(await it.clerk.matchNumber());
      await former.sees("不在这部手机上，需要补发（剩余 2 次）");
    } finally {
      await former.close();
    }
  });
});

test("[CERT-13] only the keys are gone: signed in again, the certificate's page says so and brings it back", async () => {
  const phone = await Phone.open(server, { from: people.phones[1] });
  try {
    await phone.go("/certificates");
    await phone.sees("可使用");
    await clearStorage(phone, "indexeddb");
    await phone.page.reload();
    await signInAgain(phone, people.people[1].phone);
    await seesReissues(phone, "需补发", 3);
    await phone.press("补发到本机");
    await phone.sees("还可补发 3 次");
    await see(phone, "certificate-reissue-question");
    await phone.press(/^补发$/);
    await phone.type(PASSWORD);
    await phone.page.getByText("免费 2 次").waitFor({ timeout: 60_000 });
    await phone.sees("可使用");
  } finally {
    await phone.close();
  }
});
