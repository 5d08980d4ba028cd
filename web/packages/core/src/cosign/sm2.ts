// The phone's half of SM2 in two halves: keys without a dealer, and signing in two messages with a nonce of each side
// (`k = w2 + d2^-1 * w1`, `s + r = d1 * (s1 + w1)`). Byte for byte `libs/cosign/src/sm2`.
import { concat, equal, toNumber, wipe, type Bytes, type Draw } from "../bytes";
import { CosignError, decode, encode, Kind } from "./message";
import * as curve from "./sm2-curve";
import { sm3Labelled } from "./sm3";

const COMMIT = "hulian/cosign/v1/sm2/keygen/commit";
const CLIENT = "hulian/cosign/v1/sm2/keygen/client";
const SERVER = "hulian/cosign/v1/sm2/keygen/server";
const NONCE = "hulian/cosign/v1/sm2/sign/nonce";
const SPKI_HEAD = Uint8Array.of(0x30, 0x59, 0x30, 0x13, 6, 7, 0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1, 6, 8, 0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x82, 0x2d, 3, 0x42, 0);

/** `c || z` of a Schnorr proof of knowledge. */
type Proof = Bytes;

function challenge(label: string, statement: Uint8Array[], commitment: curve.Point): bigint {
  return curve.mod(toNumber(sm3Labelled(label, [...statement, curve.pointBytes(commitment)])));
}

export function prove(label: string, statement: Uint8Array[], x: bigint, draw?: Draw): Proof {
  const t = curve.randomScalar(draw);
  const c = challenge(label, statement, curve.G.multiply(t));
  return concat(curve.scalarBytes(c), curve.scalarBytes(curve.mod(t + c * x)));
}

export function verifyProof(label: string, statement: Uint8Array[], value: curve.Point, proof: Proof): void {
  const c = curve.nonzero(proof.subarray(0, 32));
  const z = curve.scalar(proof.subarray(32));
  const commitment = curve.publicCombination(z, curve.mod(-c), value);
  if (commitment.is0() || challenge(label, statement, commitment) !== c) throw new CosignError("knowledge of a discrete logarithm");
}

/** The phone's half: `d1`, the joint public key `P`, the server's point `P2`. */
export class Sm2Key {
  private constructor(
    readonly d1: bigint,
    readonly publicKey: Bytes,
    readonly p2: Bytes,
  ) {}

  static join(d1: bigint, p2: Bytes): Sm2Key {
    const joint = curve.point(p2).multiply(curve.invert(d1)).subtract(curve.G);
    return new Sm2Key(d1, curve.pointBytes(joint), p2);
  }

  static fromBytes(bytes: Uint8Array): Sm2Key {
    const [share, publicKey, p2] = decode(bytes, Kind.sm2ClientKey, [32, 65, 65]);
    const key = Sm2Key.join(curve.nonzero(share), p2);
    wipe(share);
    if (!equal(key.publicKey, publicKey)) throw new CosignError("share and public key do not belong together");
    return key;
  }

  toBytes(): Bytes {
    const share = curve.scalarBytes(this.d1);
    const bytes = encode(Kind.sm2ClientKey, share, this.publicKey, this.p2);
    wipe(share);
    return bytes;
  }

  spki(): Bytes {
    return concat(SPKI_HEAD, this.publicKey);
  }

  /** Verifies `r || s` over `message`. */
  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return curve.sm2Verify(this.publicKey, curve.sm2Digest(this.publicKey, message), signature);
  }
}

/** Draws `d1` and commits to `P1 = [d1^-1]G`; `finish` shows nothing before the server's proof holds. */
export function sm2Keygen(ctx: Uint8Array, draw?: Draw): { commit: Bytes; finish(reply: Uint8Array): { key: Sm2Key; open: Bytes } } {
  const d1 = curve.randomScalar(draw);
  const inverse = curve.invert(d1);
  const p1 = curve.pointBytes(curve.G.multiply(inverse));
  const proof = prove(CLIENT, [ctx, p1], inverse, draw);
  const commitment = sm3Labelled(COMMIT, [ctx, p1, proof.subarray(0, 32), proof.subarray(32)]);
  return {
    commit: encode(Kind.sm2KeygenCommit, commitment),
    finish(reply) {
      const [p2, theirs] = decode(reply, Kind.sm2KeygenReply, [65, 64]);
      verifyProof(SERVER, [ctx, commitment, p2], curve.point(p2), theirs);
      return { key: Sm2Key.join(d1, p2), open: encode(Kind.sm2KeygenOpen, p1, proof) };
    },
  };
}

/** One signature: `finish` takes the server's answer once, checks it before anything that depends on `d1` exists, and verifies. */
export interface Signing {
  request: Bytes;
  finish(reply: Uint8Array): Bytes;
}

export function sm2Sign(key: Sm2Key, sid: Uint8Array, message: Uint8Array, draw?: Draw): Signing {
  const e = curve.sm2Digest(key.publicKey, message);
  let w1: bigint | null = curve.randomScalar(draw);
  const q1 = curve.pointBytes(curve.G.multiply(w1));
  const proof = prove(NONCE, [sid, key.publicKey, e, q1], w1, draw);
  return {
    request: encode(Kind.sm2SignRequest, sid, e, q1, proof),
    finish(reply) {
      const nonce = w1;
      w1 = null;
      if (nonce === null) throw new CosignError("this nonce is gone");
      return complete(key, e, nonce, reply);
    },
  };
}

function complete(key: Sm2Key, e: Uint8Array, w1: bigint, reply: Uint8Array): Bytes {
  const [rBytes, s1Bytes] = decode(reply, Kind.sm2SignReply, [32, 32]);
  const r = curve.nonzero(rBytes);
  const sum = curve.mod(curve.nonzero(s1Bytes) + w1);
  if (sum === 0n) throw new CosignError("the server's answer does not fit");
  const nonce = curve.point(key.p2).multiply(sum).subtract(curve.G.multiply(r));
  if (nonce.is0() || curve.mod(toNumber(e) + curve.xScalar(nonce)) !== r) throw new CosignError("the server's answer does not fit");
  const total = curve.mod(key.d1 * sum);
  const s = curve.mod(total - r);
  if (s === 0n || total === 0n) throw new CosignError("s or r + s is zero");
  const signature = concat(rBytes, curve.scalarBytes(s));
  if (!curve.sm2Verify(key.publicKey, e, signature)) throw new CosignError("signature does not verify");
  return signature;
}
