import { describe, expect, it } from "vitest";
import { utf8 } from "../src/bytes";
import { blind } from "../src/cosign/oprf";
import { stretch, type Stretch } from "../src/cosign/password";
import { RsaKey, rsaKeygen, rsaSign } from "../src/cosign/rsa";
import { Sm2Key, sm2Keygen, sm2Sign } from "../src/cosign/sm2";
import { sm2Digest, sm2Verify } from "../src/cosign/sm2-curve";
import { Unlocked } from "../src/cosign/unlocked";
import { sha256 } from "../src/digest";
import { hex, replay, unhex, vectors } from "./vectors";

type Vector = Record<string, string>;

interface PasswordVector extends Record<string, unknown> {
  epoch: number;
  stretch: Stretch;
  client_draws_blind: string[];
  client_draws_inner_iv_outer_iv: string[];
}

describe("libs/cosign/vectors", () => {
  const keygen = vectors<(Vector & { client_draws_d1_t: string[] })[]>("libs/cosign/vectors/sm2-keygen.json");
  it.each(keygen)("sm2-keygen %#: every message and the key, from the same draws", (vector) => {
    const run = sm2Keygen(utf8(vector["ctx"]!), replay(vector.client_draws_d1_t));
    expect(hex(run.commit)).toBe(vector["commit"]);
    const { key, open } = run.finish(unhex(vector["reply"]!));
    expect(hex(open)).toBe(vector["open"]);
    expect(hex(key.toBytes())).toBe(vector["client_key"]);
    expect(hex(key.publicKey)).toBe(vector["public_sec1"]);
    expect(hex(key.spki())).toBe(vector["public_spki_der"]);
    expect(hex(Sm2Key.fromBytes(key.toBytes()).toBytes())).toBe(vector["client_key"]);
  });

  const signing = vectors<(Vector & { client_draws_w1_t: string[] })[]>("libs/cosign/vectors/sm2-sign.json");
  it.each(signing)("sm2-sign %#: request and signature, from the same draws", (vector) => {
    const key = Sm2Key.fromBytes(unhex(vector["client_key"]!));
    const message = unhex(vector["message"]!);
    expect(hex(sm2Digest(key.publicKey, message))).toBe(vector["e"]);
    const run = sm2Sign(key, unhex(vector["sid"]!), message, replay(vector.client_draws_w1_t));
    expect(hex(run.request)).toBe(vector["request"]);
    expect(hex(run.finish(unhex(vector["reply"]!)))).toBe(vector["signature"]);
    expect(sm2Verify(key.publicKey, unhex(vector["e"]!), unhex(vector["signature"]!))).toBe(true);
  });

  const rsa = vectors<Vector[]>("libs/cosign/vectors/rsa.json");
  it.each(rsa)("rsa %#: key generation and signature", async (vector) => {
    const key = RsaKey.fromBytes(unhex(vector["client_key"]!));
    expect(hex(key.toBytes())).toBe(vector["client_key"]);
    expect(hex(key.modulus)).toBe(vector["modulus"]);
    expect(hex(key.spki())).toBe(vector["public_spki_der"]);
    const open = unhex(vector["open"]!);
    const half = { primes: unhex(vector["client_key"]!).slice(2, 258), modulus: open.slice(2, 258), prove: async () => open.slice(258) };
    const run = await rsaKeygen(utf8(vector["ctx"]!), half);
    expect(hex(run.commit)).toBe(vector["commit"]);
    const finished = await run.finish(unhex(vector["reply"]!));
    expect(hex(finished.open)).toBe(vector["open"]);
    expect(hex(finished.key.toBytes())).toBe(vector["client_key"]);
    expect(hex(sha256(unhex(vector["message"]!)))).toBe(vector["digest"]);
    const signature = rsaSign(key, unhex(vector["sid"]!), unhex(vector["message"]!));
    expect(hex(signature.request)).toBe(vector["sign_request"]);
    expect(hex(signature.finish(unhex(vector["sign_reply"]!)))).toBe(vector["signature"]);
  });

  const passwords = vectors<PasswordVector[]>("libs/cosign/vectors/password.json");
  it.each(passwords)("password %#: stretch, OPRF, proof and wrapping", async (vector) => {
    const text = (name: string): string => String(vector[name]);
    const input = await stretch(text("password"), unhex(text("salt")), vector.stretch);
    expect(hex(input)).toBe(vector["oprf_input"]);
    const run = blind(input, replay(vector.client_draws_blind));
    expect(hex(run.blinded)).toBe(vector["blinded"]);
    const output = run.finish(unhex(text("evaluated")));
    expect(hex(output)).toBe(vector["oprf_output"]);
    expect(hex(input)).toBe("00".repeat(32));
    const keys = Unlocked.fromOprf(output, text("person_id"), vector.epoch);
    expect(hex(keys.proofPublicKey())).toBe(vector["proof_public_key"]);
    expect(hex(keys.prove(unhex(text("statement"))))).toBe(vector["proof_rfc6979"]);
    const device = await crypto.subtle.importKey("raw", unhex(text("device_key")), "AES-GCM", false, ["encrypt", "decrypt"]);
    const aad = unhex(text("aad"));
    const wrapped = await keys.wrap(device, aad, unhex(text("share")), replay(vector.client_draws_inner_iv_outer_iv));
    expect(hex(wrapped)).toBe(vector["blob"]);
    expect(hex(await keys.unwrap(device, aad, unhex(text("blob"))))).toBe(vector["share"]);
  });
});
