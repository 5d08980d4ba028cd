import { describe, expect, it } from "vitest";
import { fromB64u, toB64u, utf8 } from "../src/bytes";
import { canonical, type Json } from "../src/canonical";
import { sm2Digest } from "../src/cosign/sm2-curve";
import { certificateSpki, requestInfo, signedAttributes } from "../src/der";
import { digestShort, sha256, sha256Text } from "../src/digest";
import { keygenContext, marksSha256 } from "../src/statement";
import type { Mark } from "../src/scan-view";
import { hex, unhex, vectors } from "./vectors";

interface Statements {
  statements: { canonical: string; members: Json; sha256: string }[];
  marks: { list: Mark[]; marks_sha256: string };
  digest_short: { digest_hex: string; short: string };
  keygen_context: { context: string; request_id: string; device_id: string };
}

describe("docs/vectors/statements.json", () => {
  const file = vectors<Statements>("docs/vectors/statements.json");
  it.each(file.statements)("statement %# has the same bytes", ({ canonical: text, members, sha256: digest }) => {
    expect(canonical(members)).toBe(text);
    expect(sha256Text(text)).toBe(digest);
  });
  it("marks, short digest and key generation context", () => {
    expect(marksSha256(file.marks.list)).toBe(file.marks.marks_sha256);
    expect(digestShort(unhex(file.digest_short.digest_hex))).toBe(file.digest_short.short);
    const { context, request_id, device_id } = file.keygen_context;
    expect(keygenContext(request_id, device_id)).toEqual(utf8(context));
  });
});

describe("libs/gm-pki/vectors/signed-attributes.json", () => {
  type Vector = Record<string, string>;
  const file = vectors<{ signed_attributes: Vector[]; request_info: Vector[] }>("libs/gm-pki/vectors/signed-attributes.json");
  // A phone holds RSA and SM2 keys only; P-256 vectors are those of other signers.
  const ours = (list: Vector[]): Vector[] => list.filter((vector) => vector["algorithm"] !== "p256-sha256");
  const toSign = (vector: Vector, spki: Uint8Array, bytes: Uint8Array): Uint8Array =>
    vector["algorithm"] === "sm2-sm3" ? sm2Digest(spki.slice(-65), bytes) : sha256(bytes);

  it.each(ours(file.signed_attributes))("signed attributes %# ($algorithm)", (vector) => {
    const certificate = unhex(vector["certificate"]!);
    const algorithm = vector["algorithm"] === "sm2-sm3" ? "sm2" : "rsa";
    const attributes = signedAttributes(algorithm, unhex(vector["content_digest"]!), certificate);
    expect(hex(attributes)).toBe(vector["attributes"]);
    expect(hex(toSign(vector, certificateSpki(certificate), attributes))).toBe(vector["digest_to_sign"]);
  });
  it.each(file.request_info)("request info %# ($algorithm)", (vector) => {
    const spki = unhex(vector["spki"]!);
    const info = requestInfo(unhex(vector["subject"]!), spki);
    expect(hex(info)).toBe(vector["request_info"]);
    if (vector["algorithm"] !== "p256-sha256") expect(hex(toSign(vector, spki, info))).toBe(vector["digest_to_sign"]);
  });
});

describe("canonical JSON beyond the vectors", () => {
  it("orders members by UTF-16 and keeps millimetres short", () => {
    expect(canonical({ "\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5 })).toBe(
      '{"\\r":2,"1":4,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
    expect(canonical([40.0, 0.01, 100.25, -0, 1772416800000000])).toBe("[40,0.01,100.25,0,1772416800000000]");
    expect(canonical("\u0000\u001f\"\\/\u007f互连")).toBe('"\\u0000\\u001f\\"\\\\/\u007f互连"');
  });
  it("refuses what has no canonical form", () => {
    for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY, "\ud800", "\udc00x", { "\ud800": 1 }]) {
      expect(() => canonical(wrong)).toThrow(RangeError);
    }
  });
  it("base64url has one spelling only", () => {
    expect(toB64u(Uint8Array.of(0xfb, 0xff))).toBe("-_8");
    for (const wrong of ["-_8=", "+/8", "-_9", "-_8 ", "A"]) expect(fromB64u(wrong), wrong).toBeNull();
    expect(fromB64u("-_8", 3)).toBeNull();
  });
});
