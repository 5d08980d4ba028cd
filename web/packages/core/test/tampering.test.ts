import { createPublicKey, verify as nodeVerify } from "node:crypto";
import { describe, expect, it } from "vitest";
import { utf8, type Bytes } from "../src/bytes";
import { CosignError } from "../src/cosign/message";
import { keygen, readKey, sign } from "../src/worker/signing";
import { rsaHalf, sm2Half } from "./support/server-half";

const CONTEXT = utf8("v1|keygen|x|sign|d");
const SID = new Uint8Array(16).fill(7);
const MESSAGE = utf8("what the phone showed");

function bent(bytes: Bytes, at: number): Bytes {
  const copy = bytes.slice();
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

describe.each([["sm2", sm2Half] as const, ["rsa", rsaHalf] as const])("%s with a server half of its own", (algorithm, half) => {
  it("a whole run: both halves accept each other, the signature is an ordinary one", async () => {
    const server = half();
    const run = await keygen(algorithm, CONTEXT);
    const { key, open } = await run.finish(server.reply(CONTEXT, run.commit));
    server.open(open);
    const kept = readKey(algorithm, key.toBytes());
    expect(kept.spki()).toEqual(key.spki());
    const signing = sign(kept, SID, MESSAGE);
    const signature = signing.finish(server.answer(signing.request));
    expect(key.verify(MESSAGE, signature)).toBe(true);
    expect(key.verify(utf8("something else"), signature)).toBe(false);
    if (algorithm === "rsa") {
      const spki = createPublicKey({ key: Buffer.from(key.spki()), format: "der", type: "spki" });
      expect(nodeVerify("sha256", MESSAGE, spki, signature)).toBe(true);
    }
  });

  it("every bent field of the key generation's reply, another context and another length are refused", async () => {
    const server = half();
    const run = await keygen(algorithm, CONTEXT);
    const reply = server.reply(CONTEXT, run.commit);
    const places = algorithm === "sm2" ? [0, 1, 2, 3, 40, 70, 110] : [0, 1, 2, 100, 257, 258, 400, 513];
    const wrong = [...places.map((at) => bent(reply, at)), reply.slice(0, -1), new Uint8Array([...reply, 0]), new Uint8Array()];
    wrong.push(half().reply(utf8("another context"), run.commit));
    for (const message of wrong) await expect(run.finish(message)).rejects.toThrow(CosignError);
    expect((await run.finish(reply)).open.length).toBe(algorithm === "sm2" ? 131 : 514);
  });

  it("every bent field of the signing reply is refused, before anything is released", async () => {
    const server = half();
    const run = await keygen(algorithm, CONTEXT);
    const { key } = await run.finish(server.reply(CONTEXT, run.commit));
    const places = algorithm === "sm2" ? [0, 1, 2, 33, 34, 65] : [0, 1, 2, 100, 257];
    for (const at of places) {
      const signing = sign(key, SID, MESSAGE);
      expect(() => signing.finish(bent(server.answer(signing.request), at)), String(at)).toThrow(CosignError);
    }
    const signing = sign(key, SID, MESSAGE);
    const length = server.answer(signing.request).length;
    const zeros = new Uint8Array(length);
    zeros.set(server.answer(signing.request).subarray(0, algorithm === "sm2" ? 34 : 2));
    expect(() => signing.finish(zeros), "the part that would show the phone's half").toThrow(CosignError);
  });
});

it("an SM2 nonce answers once, even to a wrong reply", async () => {
  const server = sm2Half();
  const run = await keygen("sm2", CONTEXT);
  const { key } = await run.finish(server.reply(CONTEXT, run.commit));
  const signing = sign(key, SID, MESSAGE);
  const reply = server.answer(signing.request);
  expect(() => signing.finish(bent(reply, 40))).toThrow(CosignError);
  expect(() => signing.finish(reply)).toThrow("this nonce is gone");
});

it("a share whose points do not belong to it is not read", async () => {
  const server = sm2Half();
  const run = await keygen("sm2", CONTEXT);
  const { key } = await run.finish(server.reply(CONTEXT, run.commit));
  for (const at of [0, 1, 10, 50, 120]) expect(() => readKey("sm2", bent(key.toBytes(), at)), String(at)).toThrow(CosignError);
});
