import "fake-indexeddb/auto";
import { beforeEach, describe, expect, it } from "vitest";
import { toB64u } from "../src/bytes";
import { ProblemError } from "../src/types";
import { createKeys } from "../src/worker/keys";
import type { Environment, WorkerApi } from "../src/worker/ports";
import { makeResetKey } from "../src/worker/reset";
import type { Installed, Store } from "../src/worker/store";
import { IDS, lost, type FakeServer } from "./support/fake-server";
import { phoneSide } from "./support/phone-side";

const OLD = "730184";
const NEW = "836194";

let opened = 0;
let server: FakeServer;
let store: Store;
let env: Environment;
let keys: WorkerApi;

const opens = (password: string) => keys.beginRun({ by: "password", password }).then(() => keys.endRun());
const share = async (): Promise<Installed> => (await store.share(IDS.person_id, "h")).installed!;
const asked = (end: string) => server.sent.filter(({ path }) => path.endsWith(end)).length;

beforeEach(async () => {
  ({ server, store, env } = await phoneSide(`reset-${++opened}`));
  keys = createKeys(env, async () => undefined);
  const { account } = await keys.signInKey({ area: "+86", number: "13900000001", code: "012345" });
  await keys.signedIn(account, IDS);
  await keys.setPassword(0, OLD);
  await keys.install(1, { holding_id: "h", algorithm: "sm2" }, "install", { by: "password", password: OLD });
});

describe("[PWD-4] a forgotten password", () => {
  it("loses no key: the halves open with the reset key, and only the new password opens them after", async () => {
    const before = { share: await share(), key: server.resetKey! };
    await keys.beginReset("012345", null);
    expect(await keys.finishReset(2, NEW)).toEqual([]);
    const after = await share();
    expect([after.epoch, after.next, after.certificate]).toEqual([2, undefined, before.share.certificate]);
    await opens(NEW);
    await expect(opens(OLD)).rejects.toMatchObject({ code: "password_wrong" });
    // What was given out opens nothing any more.
    expect(server.resetKey!.public_key).not.toBe(before.key.public_key);
    expect(after.reset!.key).toBe(server.resetKey!.public_key);
    await keys.beginReset("543210", null);
    expect(await keys.finishReset(3, "472950")).toEqual([]);
    await opens("472950");
  });

  it("whose answer is lost can be repeated, whichever password the server has", async () => {
    await keys.beginReset("012345", null);
    server.bend = (path, answer) => (path.endsWith("/resets/r") ? lost() : answer);
    await expect(keys.finishReset(2, NEW)).rejects.toMatchObject({ code: "offline" });
    server.bend = (_, answer) => answer;
    await opens(NEW);
    await keys.beginReset("543210", null);
    expect(await keys.finishReset(3, "472950")).toEqual([]);
    await opens("472950");
  });

  it("that the server refuses leaves the password of before", async () => {
    const http = env.http;
    await keys.beginReset("012345", null);
    env.http = async (method, path, body) => {
      if (path.endsWith("/resets/r")) throw new ProblemError("password_reset_expired", 410, {});
      return http(method, path, body);
    };
    await expect(keys.finishReset(2, NEW)).rejects.toMatchObject({ code: "password_reset_expired" });
    env.http = http;
    await opens(OLD);
    await keys.beginReset("543210", null);
    expect(await keys.finishReset(3, NEW)).toEqual([]);
  });

  it("tells which halves do not open: of another key, or of none", async () => {
    server.resetKey = makeResetKey();
    await keys.beginReset("012345", null);
    expect(await keys.finishReset(2, NEW)).toEqual(["h"]);
    await expect(opens(NEW)).rejects.toMatchObject({ code: "password_renew" });
  });

  it("takes the fingerprint with it, whose wrapping is the former password's", async () => {
    await keys.proveForFingerprint(2, OLD);
    await keys.enableFingerprint(new Uint8Array(8), new Uint8Array(16), new Uint8Array(32));
    await keys.beginReset("012345", null);
    await keys.finishReset(3, NEW);
    expect(await keys.fingerprint()).toBeNull();
  });

  it("needs a reset that was begun here, by whoever is signed in here", async () => {
    await expect(keys.finishReset(2, NEW)).rejects.toMatchObject({ code: "reset_ended" });
    await keys.beginReset("012345", null);
    await keys.signedOut();
    await expect(keys.finishReset(2, NEW)).rejects.toMatchObject({ code: "not_signed_in" });
    expect(asked("/resets/r")).toBe(0);
  });

  it("changed on another phone: the present password and the code bring the halves of this one along", async () => {
    // Another phone's change: the server goes on, the halves here do not.
    const held = await share();
    await keys.changePassword(2, OLD, NEW);
    await store.changeShare(IDS.person_id, "h", (old) => ({ ...old, installed: held }));
    expect(await keys.passwordStale()).toBe(true);
    await keys.beginReset("012345", null);
    await expect(keys.renewByReset(3, "222333")).rejects.toMatchObject({ code: "password_wrong" });
    expect(await keys.renewByReset(4, NEW)).toEqual([]);
    expect(await keys.passwordStale()).toBe(false);
    await opens(NEW);
    expect((await share()).reset!.key).toBe(server.resetKey!.public_key);
  });

  it("a key that does not fit what the phone can seal to is refused before anything is made", async () => {
    const http = env.http;
    env.http = async (method, path, body) => (path === "/api/v1/password" ? { ...((await http(method, path, body)) as object), reset_public_key: toB64u(new Uint8Array(65)) } : http(method, path, body));
    const before = await share();
    await expect(keys.install(5, { holding_id: "h", algorithm: "sm2" }, "reissue", { by: "password", password: OLD })).rejects.toThrow();
    expect(await share()).toEqual(before);
  });
});
