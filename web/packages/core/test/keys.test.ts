import "fake-indexeddb/auto";
import { createPublicKey, verify as nodeVerify } from "node:crypto";
import { beforeEach, describe, expect, it } from "vitest";
import { fromB64u, toB64u, utf8 } from "../src/bytes";
import { canonical, canonicalBytes } from "../src/canonical";
import { sm2Verify, sm2Digest } from "../src/cosign/sm2-curve";
import { sm3 } from "../src/cosign/sm3";
import { signedAttributes } from "../src/der";
import { digestShort, sha256B64u } from "../src/digest";
import { ProblemError } from "../src/types";
import { createKeys } from "../src/worker/keys";
import type { Environment, WorkerApi } from "../src/worker/ports";
import { Store } from "../src/worker/store";
import { IDS, lost, type FakeServer } from "./support/fake-server";
import { phoneSide } from "./support/phone-side";

const SIGN_IN = { area: "+86", number: "13900000001", code: "012345" };
const UNLOCK = { by: "password", password: "730184" } as const;
const HOLDING = { holding_id: "h", algorithm: "sm2" } as const;
const CODE = toB64u(new Uint8Array(16).fill(5));

let opened = 0;
let server: FakeServer;
let store: Store;
let env: Environment;
let keys: WorkerApi;
let publicKey: string;

async function reopen(): Promise<void> {
  keys = createKeys(env, async () => undefined);
  const { account, public_key } = await keys.signInKey(SIGN_IN);
  publicKey = public_key;
  expect(await keys.signedIn(account, IDS)).toBe(true);
}

beforeEach(async () => {
  ({ server, store, env } = await phoneSide(`keys-${++opened}`));
  await reopen();
});

const to = (end: string): Record<string, unknown>[] => server.sent.filter(({ path }) => path.endsWith(end)).map(({ body }) => body);

async function prepared(changes: Record<string, unknown> = {}, digest = toB64u(new Uint8Array(32).fill(9))): Promise<Record<string, unknown>> {
  const { installed } = await store.share(IDS.person_id, "h");
  return {
    code: CODE, version: 5, state: "ready", kind: "seal", purpose: "盖章", asker: { asker_id: "a", name: "投标管家", registered: true },
    scope: { platform_id: "p", name: "平台" }, ask: {}, match_options: ["11", "22", "33"], matched: true, expires_at_us: 9,
    chosen: { holding_id: "h", unit_id: "u", algorithm: "sm2", certificate: toB64u(installed?.certificate ?? new Uint8Array()) },
    prepared: {
      digest, digest_short: digestShort(fromB64u(digest)!), file_name: "a.pdf", page_count: 3, mode: "page:1", seal_id: "s",
      marks: [{ page: 1, x_mm: 10, y_mm: 20.25, width_mm: 40, height_mm: 40 }], seal: { kind: "company", name: "公章", svg: "<svg/>" }, time_us: 7,
    },
    ...changes,
  };
}

function deviceSigned(statement: string, signature: unknown): boolean {
  const [x, y] = [fromB64u(publicKey)!.slice(1, 33), fromB64u(publicKey)!.slice(33)];
  const key = createPublicKey({ key: { kty: "EC", crv: "P-256", x: toB64u(x), y: toB64u(y) }, format: "jwk" });
  return nodeVerify("sha256", Buffer.from(statement), { key, dsaEncoding: "ieee-p1363" }, fromB64u(String(signature))!);
}

describe("[ACC-5] a change of number", () => {
  const NEW = { area: "+86", number: "13711112222", code: "654321" };
  const keyOf = async (request: typeof NEW) => (await keys.signInKey(request)).public_key;

  it("takes the device's key along, and leaves none under the old number", async () => {
    server.bend = (path, answer) => (path.endsWith("/phone-changes/c") ? { phone_masked: "137****2222" } : answer);
    expect(await keys.changeNumber("c", NEW)).toBe("137****2222");
    expect(to("/phone-changes/c")).toEqual([NEW]);
    expect(await keyOf(NEW)).toBe(publicKey);
    expect(await keyOf(SIGN_IN)).not.toBe(publicKey);
    expect(await keys.signedIn(null, IDS)).toBe(true);
  });

  it("that is refused leaves both numbers as they were", async () => {
    const other = await keyOf(NEW);
    server.bend = () => {
      throw new ProblemError("phone_in_use", 409, {});
    };
    await expect(keys.changeNumber("c", NEW)).rejects.toMatchObject({ code: "phone_in_use" });
    expect([await keyOf(SIGN_IN), await keyOf(NEW)]).toEqual([publicKey, other]);
  });

  it("whose answer is lost leaves the key under both, whichever the server has", async () => {
    server.bend = lost;
    await expect(keys.changeNumber("c", NEW)).rejects.toMatchObject({ code: "offline" });
    expect([await keyOf(SIGN_IN), await keyOf(NEW)]).toEqual([publicKey, publicKey]);
  });
});

describe("[PWD-3] a change of password", () => {
  const NEW = { by: "password", password: "836194" } as const;
  const opens = async (how: typeof UNLOCK | typeof NEW) => keys.beginRun(how).then(() => keys.endRun());

  beforeEach(async () => {
    await keys.setPassword(0, UNLOCK.password);
    await keys.install(1, HOLDING, "install", UNLOCK);
  });

  it("wraps the halves anew, and only the new password opens them", async () => {
    const before = (await store.share(IDS.person_id, "h")).installed!;
    await keys.changePassword(2, UNLOCK.password, NEW.password);
    const { wrapped, next, epoch, certificate } = (await store.share(IDS.person_id, "h")).installed!;
    expect([epoch, next, certificate]).toEqual([2, undefined, before.certificate]);
    expect(wrapped).not.toEqual(before.wrapped);
    await opens(NEW);
    await expect(opens(UNLOCK)).rejects.toMatchObject({ code: "password_wrong" });
    expect(await keys.passwordStale()).toBe(false);
  });

  it("with a wrong present password makes and asks for nothing", async () => {
    await expect(keys.changePassword(2, "222333", NEW.password)).rejects.toMatchObject({ code: "password_wrong" });
    expect(to("/password/changes")).toEqual([]);
    await opens(UNLOCK);
  });

  it("whose answer is lost leaves both wrappings, whichever password the server has", async () => {
    server.bend = (path, answer) => (path.endsWith("/changes") ? lost() : answer);
    await expect(keys.changePassword(2, UNLOCK.password, NEW.password)).rejects.toMatchObject({ code: "offline" });
    await opens(NEW);
    server.bend = (_, answer) => answer;
    await keys.changePassword(3, NEW.password, "472950");
    await opens({ by: "password", password: "472950" } as never);
  });

  it("that the server refuses changes nothing", async () => {
    const http = env.http;
    env.http = async (method, path, body) => {
      if (path.endsWith("/changes")) throw new ProblemError("password_change_stale", 409, {});
      return http(method, path, body);
    };
    await expect(keys.changePassword(2, UNLOCK.password, NEW.password)).rejects.toMatchObject({ code: "password_change_stale" });
    env.http = http;
    await opens(UNLOCK);
  });

  it("made on another device asks for the former password once, and no more", async () => {
    // The other device: the same server, with a store of its own.
    const there = createKeys({ ...env, store: await Store.open(`there-${opened}`) }, async () => undefined);
    const { account } = await there.signInKey(SIGN_IN);
    await there.signedIn(account, IDS);
    await there.changePassword(2, UNLOCK.password, NEW.password);
    await there.changePassword(3, NEW.password, "472950");

    const LAST = { by: "password", password: "472950" } as never;
    expect(await keys.passwordStale()).toBe(true);
    await expect(opens(LAST)).rejects.toMatchObject({ code: "password_renew" });
    await expect(keys.renewPassword(4, "111222", "472950")).rejects.toMatchObject({ code: "password_wrong" });
    await expect(keys.renewPassword(5, UNLOCK.password, NEW.password)).rejects.toMatchObject({ code: "password_wrong" });
    expect(await keys.passwordStale()).toBe(true);
    await keys.renewPassword(6, UNLOCK.password, "472950");
    expect(await keys.passwordStale()).toBe(false);
    await opens(LAST);
  });

  it("ends what a fingerprint opened", async () => {
    const [salt, prf] = [new Uint8Array(32).fill(1), () => new Uint8Array(32).fill(2)];
    await keys.proveForFingerprint(2, UNLOCK.password);
    await keys.enableFingerprint(new Uint8Array([1]), salt, prf());
    await keys.changePassword(3, UNLOCK.password, NEW.password);
    expect(await keys.fingerprint()).toBeNull();
  });
});

describe("enrolment", () => {
  it("a lost answer to the finished signature is asked for again, with the same bytes and no second password", async () => {
    server.bend = (path, answer) => (path.endsWith("/certificate") ? lost() : answer);
    await expect(keys.install(1, HOLDING, "install", UNLOCK)).rejects.toMatchObject({ code: "offline" });
    expect(await keys.hasShare("h")).toBe(false);
    server.bend = (_, answer) => answer;
    await reopen();
    await keys.install(2, HOLDING, "install", { by: "run" });
    expect(await keys.hasShare("h")).toBe(true);
    expect(to("/installs").length).toBe(1);
    expect(to("/certificate")[1]).toEqual(to("/certificate")[0]);
  });

  it("anything earlier begins anew, and a reissue that fails leaves the old half in force", async () => {
    await keys.install(1, HOLDING, "install", UNLOCK);
    const before = (await store.share(IDS.person_id, "h")).installed;
    server.bend = (path, answer) => (path.endsWith("/key") ? lost() : answer);
    await expect(keys.install(2, HOLDING, "reissue", UNLOCK)).rejects.toMatchObject({ code: "offline" });
    expect((await store.share(IDS.person_id, "h")).installed).toEqual(before);
    expect(to("/installs")[1]).toMatchObject({ way: "reissue" });
    server.bend = (_, answer) => answer;
    await keys.install(3, HOLDING, "reissue", UNLOCK);
    const requests = to("/installs").map((body) => body["request_id"]);
    expect(new Set(requests).size).toBe(3);
    expect((await store.share(IDS.person_id, "h")).installed?.certificate).not.toEqual(before?.certificate);
  });

  it("a certificate of another key is refused", async () => {
    server.spki = () => new Uint8Array([0x30, 0]);
    await expect(keys.install(1, HOLDING, "install", UNLOCK)).rejects.toMatchObject({ code: "server_differs" });
    expect(await keys.hasShare("h")).toBe(false);
  });

  it("what rests here is neither the share nor a key that can be exported", async () => {
    await keys.install(1, HOLDING, "install", UNLOCK);
    const { account } = await keys.signInKey(SIGN_IN);
    const record = await store.device(account, () => Promise.reject(new Error("it exists")));
    await expect(crypto.subtle.exportKey("raw", record.secret)).rejects.toThrow();
    await expect(crypto.subtle.exportKey("pkcs8", record.key.privateKey)).rejects.toThrow();
    expect((await store.share(IDS.person_id, "h")).installed?.wrapped.length).toBe(2 + 12 + 12 + 164 + 16 + 16);
  });
});

describe("confirm", () => {
  beforeEach(() => keys.install(1, HOLDING, "install", UNLOCK));

  it("signs the attributes that it builds itself, under a statement over all that was shown", async () => {
    const view = await prepared();
    expect(await keys.confirm(1, view, UNLOCK)).toBe("o");
    const certificate = (await store.share(IDS.person_id, "h")).installed!.certificate;
    const attributes = signedAttributes("sm2", new Uint8Array(32).fill(9), certificate);
    const key = server.spki().slice(-65);
    expect(sm2Verify(key, sm2Digest(key, attributes), fromB64u(String(to("/finish")[0]!["signature"]))!)).toBe(true);
    const body = to("/confirm")[0]!;
    const statement = canonical({
      type: "hulian/confirm/v1", code: CODE, kind: "seal", purpose: "盖章", asker_id: "a", asker_name: "投标管家", scope: "p", ...IDS, unit_id: "u",
      holding_id: "h", certificate_sha256: sha256B64u(certificate), seal_id: "s", digest: toB64u(new Uint8Array(32).fill(9)), file_name: "a.pdf",
      page_count: 3, mode: "page:1", mark_count: 1, marks_sha256: sha256B64u(utf8('[{"height_mm":40,"page":1,"width_mm":40,"x_mm":10,"y_mm":20.25}]')),
      time_us: 7, attributes_sha256: sha256B64u(attributes), message_sha256: sha256B64u(fromB64u(String(body["message"]))!), counter: body["counter"] as number,
    });
    expect(deviceSigned(statement, body["device_signature"])).toBe(true);
  });

  it("asks the server for nothing when the view is not what this device enrolled or showed", async () => {
    const view = await prepared();
    const chosen = view["chosen"] as object;
    const facts = view["prepared"] as object;
    const wrong: [string, Record<string, unknown>][] = [
      ["server_differs", { chosen: { ...chosen, certificate: "AAAA" } }],
      ["server_differs", { chosen: { ...chosen, algorithm: "rsa" } }],
      ["no_share", { chosen: { ...chosen, holding_id: "other" } }],
      ["server_differs", { prepared: { ...facts, digest_short: "0000 0000 0000 0000" } }],
      ["server_differs", { prepared: { ...facts, digest: "AAAA" } }],
      ["server_differs", { prepared: { ...facts, marks: [{ page: 1, x_mm: 0.001, y_mm: 0, width_mm: 1, height_mm: 1 }] } }],
      ["server_differs", { prepared: null }],
      ["server_differs", { kind: "login" }],
      ["server_differs", { kind: "unseal" }],
      ["server_differs", { code: "AAAA" }],
    ];
    const before = server.sent.length;
    for (const [code, changes] of wrong) await expect(keys.confirm(1, { ...view, ...changes }, UNLOCK), JSON.stringify(changes)).rejects.toMatchObject({ code });
    expect(server.sent.length).toBe(before);
  });

  it("a bent answer of the server half releases nothing, and the nonce is gone", async () => {
    server.bend = (path, answer) => (path.endsWith("/confirm") ? { message: String(answer["message"]).replace(/.$/, (c) => (c === "A" ? "B" : "A")) } : answer);
    await expect(keys.confirm(1, await prepared(), UNLOCK)).rejects.toMatchObject({ code: "cosign_refused" });
    expect(to("/finish")).toEqual([]);
    expect(await keys.resumable(CODE)).toBe(false);
  });

  it("a confirm whose answer was lost is repeated byte for byte, unless another one of this key came between", async () => {
    server.bend = (path, answer) => (path.endsWith("/confirm") ? lost() : answer);
    await expect(keys.confirm(1, await prepared(), UNLOCK)).rejects.toMatchObject({ code: "offline" });
    expect(await keys.resumable(CODE)).toBe(true);
    server.bend = (_, answer) => answer;
    await keys.confirm(2, await prepared(), { by: "run" });
    expect(to("/confirm")[1]).toEqual(to("/confirm")[0]);
    server.bend = (path, answer) => (path.endsWith("/confirm") ? lost() : answer);
    await expect(keys.confirm(3, await prepared(), UNLOCK)).rejects.toMatchObject({ code: "offline" });
    server.bend = (_, answer) => answer;
    await keys.confirm(4, await prepared({ code: toB64u(new Uint8Array(16)) }), UNLOCK);
    expect(await keys.resumable(CODE)).toBe(false);
  });

  it("a wrong password opens nothing; a damaged store is told apart from it", async () => {
    await expect(keys.confirm(1, await prepared(), { by: "password", password: "000000" })).rejects.toMatchObject({ code: "password_wrong", params: { attempts_left: 4 } });
    await store.changeShare(IDS.person_id, "h", (old) => ({ ...old, installed: { ...old.installed!, wrapped: old.installed!.wrapped.map((byte, at) => (at === 50 ? byte ^ 1 : byte)) } }));
    await expect(keys.confirm(1, await prepared(), UNLOCK)).rejects.toMatchObject({ code: "share_damaged" });
    expect(to("/confirm")).toEqual([]);
  });

  it("un-sealing signs the statement that the phone makes itself", async () => {
    const unseal = { field: "Seal1", signature_sha256: "c2ln" };
    const facts = { file_name: "a.pdf", page_count: 3, time_us: 7 };
    const statement = canonicalBytes({ type: "hulian/unseal/v1", code: CODE, ...unseal, ...facts });
    const digest = toB64u(sm3(statement));
    const view = await prepared({ kind: "unseal" }, digest);
    view["prepared"] = { ...facts, unseal, digest, digest_short: digestShort(sm3(statement)), mode: "unseal", marks: [], seal_id: "", seal: null };
    expect(await keys.confirm(1, view, UNLOCK)).toBe("o");
    const other = { ...view, prepared: { ...(view["prepared"] as object), file_name: "b.pdf" } };
    await expect(keys.confirm(1, other, UNLOCK)).rejects.toMatchObject({ code: "server_differs", params: { what: "digest" } });
  });

  it("[SCAN-3] a login is signed by the device key over its own statement", async () => {
    const view = await prepared({ kind: "login", prepared: null, chosen: { unit_id: null, holding_id: null }, scope: { document_sealing: true } });
    expect(await keys.confirmLogin(view)).toBe("o");
    const body = to("/confirm-login")[0]!;
    const statement = canonical({ type: "hulian/login/v1", code: CODE, purpose: "盖章", asker_id: "a", asker_name: "投标管家", scope: "document_sealing", ...IDS, unit_id: null, counter: body["counter"] as number });
    expect(deviceSigned(statement, body["device_signature"])).toBe(true);
    await expect(keys.confirmLogin(await prepared())).rejects.toMatchObject({ code: "server_differs" });
  });

  it("one lock a key over all tabs, with a bounded wait", async () => {
    let release = (): void => undefined;
    const held = env.locks.request(`hulian-key/${IDS.person_id}/h`, {}, () => new Promise<void>((resolve) => (release = resolve)));
    await expect(keys.confirm(1, await prepared(), UNLOCK)).rejects.toMatchObject({ code: "locked_in_other_tab" });
    release();
    await held;
    expect(await keys.confirm(2, await prepared(), UNLOCK)).toBe("o");
  });
});

describe("the device", () => {
  it("counts on over tabs and restarts: the clock, or one more than the last", async () => {
    const second = await Store.open(`keys-${opened}`);
    const all = await Promise.all([store, second, store, second].map((tab) => tab.nextCounter("x", 1_000)));
    expect([...all].sort()).toEqual([1000, 1001, 1002, 1003]);
    expect(await second.nextCounter("x", 5)).toBe(1004);
    expect(await store.nextCounter("x", 2_000)).toBe(2000);
  });

  it("two people on one page are two devices; forgetting one leaves the other", async () => {
    await keys.install(1, HOLDING, "install", UNLOCK);
    const mine = await keys.signInKey(SIGN_IN);
    expect((await keys.signInKey({ ...SIGN_IN, number: "139 0000-0001" })).public_key).toBe(mine.public_key);
    const theirs = await keys.signInKey({ ...SIGN_IN, number: "13900000002" });
    expect(theirs.public_key).not.toBe(mine.public_key);
    await keys.forget();
    expect(await keys.signedIn(null, IDS)).toBe(false);
    expect((await keys.signInKey(SIGN_IN)).public_key).not.toBe(mine.public_key);
    expect((await keys.signInKey({ ...SIGN_IN, number: "13900000002" })).public_key).toBe(theirs.public_key);
    expect((await store.share(IDS.person_id, "h")).installed).toBeNull();
  });

  it("[PWD-2] a fingerprint stands in without asking the server, after the password was shown to be right", async () => {
    await keys.setPassword(1, "730184");
    await keys.install(1, HOLDING, "install", UNLOCK);
    await expect(keys.proveForFingerprint(1, "000001")).rejects.toMatchObject({ code: "password_wrong" });
    const [id, salt] = [new Uint8Array([1]), new Uint8Array(32)];
    await expect(keys.enableFingerprint(id, salt, new Uint8Array(32).fill(3))).rejects.toMatchObject({ code: "fingerprint_failed" });
    await keys.proveForFingerprint(1, "730184");
    await keys.enableFingerprint(id, salt, new Uint8Array(32).fill(3));
    const asked = to("/evaluations").length;
    expect(await keys.confirm(1, await prepared(), { by: "fingerprint", prf: new Uint8Array(32).fill(3) })).toBe("o");
    await expect(keys.confirm(1, await prepared(), { by: "fingerprint", prf: new Uint8Array(32).fill(4) })).rejects.toMatchObject({ code: "fingerprint_failed" });
    expect(to("/evaluations").length).toBe(asked);
    await keys.disableFingerprint();
    expect(await keys.fingerprint()).toBeNull();
  });
});
