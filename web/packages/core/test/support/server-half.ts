// The server's half of the key protocols, written again for the tests: what the recorded vectors cannot reach.
import { generateKeyPairSync, sign as nodeSign } from "node:crypto";
import { concat, fromB64u, fromNumber, toNumber, utf8, type Bytes } from "../../src/bytes";
import { decode, encode, framed, Kind } from "../../src/cosign/message";
import { power } from "../../src/cosign/number";
import { prove, verifyProof } from "../../src/cosign/sm2";
import * as curve from "../../src/cosign/sm2-curve";
import { sm3Labelled } from "../../src/cosign/sm3";
import { sha256 } from "../../src/digest";
import { equal } from "../../src/bytes";

export interface ServerHalf {
  reply(ctx: Uint8Array, commit: Uint8Array): Bytes;
  /** Checks the opening; throws when it does not fit. */
  open(message: Uint8Array): void;
  answer(request: Uint8Array): Bytes;
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(what);
}

export function sm2Half(): ServerHalf {
  const d2 = curve.randomScalar();
  const inverse = curve.invert(d2);
  const p2 = curve.pointBytes(curve.G.multiply(inverse));
  let bound: { ctx: Uint8Array; commitment: Uint8Array };
  return {
    reply(ctx, commit) {
      const [commitment] = decode(commit, Kind.sm2KeygenCommit, [32]);
      bound = { ctx, commitment };
      return encode(Kind.sm2KeygenReply, p2, prove("hulian/cosign/v1/sm2/keygen/server", [ctx, commitment, p2], inverse));
    },
    open(message) {
      const [p1, c, z] = decode(message, Kind.sm2KeygenOpen, [65, 32, 32]);
      must(equal(sm3Labelled("hulian/cosign/v1/sm2/keygen/commit", [bound.ctx, p1, c, z]), bound.commitment), "commitment");
      verifyProof("hulian/cosign/v1/sm2/keygen/client", [bound.ctx, p1], curve.point(p1), concat(c, z));
      must(!curve.point(p1).multiply(inverse).equals(curve.G), "joint key");
    },
    answer(request) {
      const [, e, q1] = decode(request, Kind.sm2SignRequest, [16, 32, 65, 64]);
      const w2 = curve.randomScalar();
      const r = curve.mod(toNumber(e) + curve.xScalar(curve.G.multiply(w2).add(curve.point(q1).multiply(inverse))));
      return encode(Kind.sm2SignReply, curve.scalarBytes(r), curve.scalarBytes(curve.mod(d2 * (r + w2))));
    },
  };
}

export function rsaHalf(): ServerHalf {
  for (;;) {
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = privateKey.export({ format: "jwk" });
    const [n, d] = [fromB64u(jwk.n!)!, toNumber(fromB64u(jwk.d!)!)];
    if ((n[0]! & 0xc0) !== 0xc0) continue;
    let bound: { ctx: Uint8Array; commitment: Uint8Array };
    return {
      reply(ctx, commit) {
        const [commitment] = decode(commit, Kind.rsaKeygenCommit, [32]);
        bound = { ctx, commitment };
        const statement = framed(utf8("hulian/cosign/v1/rsa/keygen/server"), ctx, commitment, n);
        return encode(Kind.rsaKeygenReply, n, nodeSign("sha256", statement, privateKey));
      },
      open(message) {
        const [modulus, proof] = decode(message, Kind.rsaKeygenOpen, [256, 256]);
        must(equal(sha256(framed(utf8("hulian/cosign/v1/rsa/keygen/commit"), bound.ctx, modulus)), bound.commitment), "commitment");
        const statement = sha256(framed(utf8("hulian/cosign/v1/rsa/keygen/client"), bound.ctx, modulus, n));
        must(Buffer.from(fromNumber(power(toNumber(proof), 65537n, toNumber(modulus)), 256)).subarray(-32).equals(statement), "possession");
      },
      answer(request) {
        const [, digest] = decode(request, Kind.rsaSignRequest, [16, 32]);
        const info = Buffer.from("3031300d060960864801650304020105000420", "hex");
        const padded = concat(Uint8Array.of(0, 1), new Uint8Array(512 - 3 - 51).fill(0xff), Uint8Array.of(0), info, digest);
        return encode(Kind.rsaSignReply, fromNumber(power(toNumber(padded), d, toNumber(n)), 256));
      },
    };
  }
}
