import "fake-indexeddb/auto";
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPhone, idempotencyKey, scanView, type Algorithm, type Phone, type ScanView } from "../../src";
import { fromB64u } from "../../src/bytes";
import { inProcess } from "../support/in-process";
import { memoryLocks } from "../support/locks";
import { Asker, type Created } from "./asker";
import { browser, newestCode, pay, specimens, startServer, type Server } from "./server";

const PASSWORD = { by: "password", password: "730184" } as const;

interface Bought {
  holding_id: string;
  platform_id: string;
}

let server: Server;
let phone: Phone;
let net: ReturnType<typeof browser>;
let closeWorker: () => void;
let asker: Asker;
const bought = new Map<Algorithm, Bought>();

function open(database: string): { phone: Phone; close: () => void; net: ReturnType<typeof browser> } {
  const locks = memoryLocks();
  const wires = browser();
  const { worker, close } = inProcess({ locks, lockWaitMs: 500 }, database);
  const made = createPhone({ baseUrl: server.url, phoneUrl: server.url.replace("127.0.0.1", "localhost"), worker, locks, fetch: wires.fetch, retryMs: [] });
  return { phone: made, close, net: wires };
}

async function post<T>(path: string, body: object): Promise<T> {
  const { data } = await phone.api.POST(path as never, { body, headers: { "idempotency-key": idempotencyKey() } } as never);
  return data as T;
}

async function get<T>(path: string): Promise<T> {
  const { data } = await phone.api.GET(path as never, {} as never);
  return data as T;
}

/** Buys one certificate of the family and waits until it is paid. */
async function buy(algorithm: Algorithm, unit_id: string): Promise<Bought> {
  const { items } = await get<{ items: { platform_id: string; products: { product_id: string; algorithm: string; prices: { term_years: number }[] }[] }[] }>("/api/v1/platforms");
  const platform = items[0]!;
  const product = platform.products.find((offer) => offer.algorithm === algorithm)!;
  const wish = { unit_id, platform_id: platform.platform_id, kind: "platform", product_id: product.product_id, term_years: 1 };
  const order = await post<{ order_id: string }>("/api/v1/orders", { ...wish, quantity: 1, install_here: true, payment_method: "wechat_pay", agreed: true });
  const { payment_id } = await post<{ payment_id: string }>(`/api/v1/orders/${order.order_id}/payments`, {});
  await pay(server.url, payment_id);
  for (let tries = 0; tries < 100; tries++) {
    const state = await get<{ holding_id: string | null }>(`/api/v1/orders/${order.order_id}`);
    if (state.holding_id) return { holding_id: state.holding_id, platform_id: platform.platform_id };
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("not paid");
}

/** From the asker's code to a view that is ready to be confirmed. */
async function ready(algorithm: Algorithm, content: Uint8Array): Promise<{ created: Created; view: ScanView }> {
  const { holding_id, platform_id } = bought.get(algorithm)!;
  const created = await asker.create(platform_id, "在投标文件上加盖公章");
  expect(phone.codeOf(created.code_text)).toBe(created.code);
  await post(`/api/v1/scans/${created.code}/claim`, {});
  await post(`/api/v1/scans/${created.code}/match`, { number: created.match_number });
  await post(`/api/v1/scans/${created.code}/choose`, { holding_id });
  await asker.prepare(created, content, "投标文件.pdf");
  return { created, view: scanView(await get(`/api/v1/scans/${created.code}`)) };
}

beforeAll(async () => {
  server = await startServer();
  ({ phone, close: closeWorker, net } = open("phone-1"));
  const { people, companies } = await specimens(server.url);
  const company = companies.find((one) => one.behaviour === "match" && people.some((who) => who.name === one.legal_representative))!;
  const person = people.find((one) => one.name === company.legal_representative && one.behaviour === "match")!;
  await phone.requestCode("+86", person.phone);
  const code = await newestCode(server.url, person.phone);
  await phone.signIn({ area: "+86", number: person.phone, code, edition: "standard", device_name: "vitest" });
  await post("/api/v1/identity", { nationality: "CN", name: person.name, id_number: person.id_number });
  await phone.setPassword(PASSWORD.password, { birth_date: person.id_number.slice(6, 14), phone: person.phone });
  const unit = await post<{ unit_id: string; state: string }>("/api/v1/units", { as: "legal_representative", name: company.name, uscc: company.uscc });
  expect(unit.state).toBe("certified");
  await post("/api/v1/seals", { unit_id: unit.unit_id, kind: "company", style: { diameter_mm: 40 } });
  for (const algorithm of ["sm2", "rsa"] as const) bought.set(algorithm, await buy(algorithm, unit.unit_id));
  asker = await Asker.register(server.url, "投标管家");
});

afterAll(async () => {
  closeWorker?.();
  await server?.stop();
});

describe.each(["sm2", "rsa"] as const)("%s against the server", (algorithm) => {
  it("installs: key in two halves, certificate issued", async () => {
    const { holding_id } = bought.get(algorithm)!;
    const steps: string[] = [];
    await phone.install({ holding_id, algorithm }, "install", PASSWORD, (step) => steps.push(step));
    expect(steps).toEqual(["stretching", "unlocking", "making_key", "waiting_server", "signing", "saving"]);
    expect(await phone.hasShare(holding_id)).toBe(true);
    const { items } = await get<{ items: { holding_id: string; state: string }[] }>("/api/v1/holdings");
    expect(items.find((item) => item.holding_id === holding_id)?.state).toBe("usable");
  });

  it("seals: the asker gets a CMS over what it asked for", async () => {
    const content = randomBytes(5000);
    const { created, view } = await ready(algorithm, content);
    const operation = await phone.confirm(view, PASSWORD);
    const { state, result, signer } = await asker.view(created);
    expect(state).toBe("done");
    expect(result?.operation_id).toBe(operation);
    const cms = fromB64u(result!.cms)!;
    if (algorithm === "rsa") opensslVerifies(cms, content, signer!.chain.map((der) => fromB64u(der)!));
    else expect(Buffer.from(cms).includes(Buffer.from(fromB64u(view.prepared!.digest)!))).toBe(true);
  });

  it("resumes when the answer of confirm, and then of finish, is lost: no second unlock, one signature", async () => {
    const { created, view } = await ready(algorithm, randomBytes(10));
    net.failNext("/confirm", true);
    await expect(phone.confirm(view, PASSWORD)).rejects.toMatchObject({ code: "offline" });
    net.failNext("/finish", true);
    const wrong = { by: "password", password: "000000" } as const;
    await expect(phone.confirm(view, wrong)).rejects.toMatchObject({ code: "offline" });
    const operation = await phone.confirm(view, wrong);
    expect((await asker.view(created)).result?.operation_id).toBe(operation);
  });
});

describe("the password", () => {
  it("a wrong one opens nothing, is counted, and the right one clears the count", async () => {
    const { view } = await ready("sm2", randomBytes(10));
    const wrong = phone.confirm(view, { by: "password", password: "730185" });
    await expect(wrong).rejects.toMatchObject({ code: "password_wrong", params: { attempts_left: 4 } });
    await phone.confirm(view, PASSWORD);
    expect((await get<{ attempts_left: number }>("/api/v1/password")).attempts_left).toBe(5);
  });

  it("SCAN-6: one unlock serves a run, until it is ended", async () => {
    await phone.beginRun(PASSWORD);
    for (const algorithm of ["sm2", "rsa", "sm2"] as const) await phone.confirm((await ready(algorithm, randomBytes(10))).view, { by: "run" });
    phone.endRun();
    const { view } = await ready("sm2", randomBytes(10));
    await expect(phone.confirm(view, { by: "run" })).rejects.toMatchObject({ code: "run_ended" });
  });
});

describe("the session", () => {
  it("comes back by the cookie, and not on a device that lost its key", async () => {
    expect(await phone.restore()).toBe(true);
    const other = open("phone-2");
    const stolen = createPhone({ baseUrl: server.url, worker: inProcess({ locks: memoryLocks() }, "phone-2").worker, locks: memoryLocks(), fetch: net.fetch });
    expect(await stolen.restore()).toBe(false);
    expect(stolen.signedIn).toBe(false);
    other.close();
    let told = 0;
    phone.onSignedOut(() => told++);
    await expect(get("/api/v1/me")).rejects.toMatchObject({ status: 401 });
    expect([told, phone.signedIn]).toEqual([1, false]);
  });
});

function opensslVerifies(cms: Uint8Array, content: Uint8Array, chain: Uint8Array[]): void {
  const folder = mkdtempSync(join(tmpdir(), "hulian-cms-"));
  const file = (name: string, bytes: Uint8Array | string): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  try {
    const pem = (der: Uint8Array): string => `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64")}\n-----END CERTIFICATE-----\n`;
    const roots = file("roots.pem", pem(chain.at(-1)!));
    const args = ["cms", "-verify", "-binary", "-inform", "DER", "-in", file("cms.der", cms), "-content", file("content", content)];
    execFileSync("openssl", [...args, "-CAfile", roots, "-purpose", "any", "-out", join(folder, "out")], { stdio: "pipe" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
