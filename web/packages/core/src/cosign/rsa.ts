// The phone's half of composite RSA-4096: two ordinary RSA-2048 halves whose product is the modulus that everybody sees.
// Byte for byte `libs/cosign/src/rsa`.
import { concat, fromB64u, fromNumber, toNumber, utf8, wipe, type Bytes } from "../bytes";
import { sha256 } from "../digest";
import { sequence, tlv, unsigned } from "../der";
import { CosignError, decode, encode, framed, Kind } from "./message";
import { gcd, inverse, modulo, power } from "./number";
import type { Signing } from "./sm2";

const COMMIT = utf8("hulian/cosign/v1/rsa/keygen/commit");
const CLIENT = utf8("hulian/cosign/v1/rsa/keygen/client");
const SERVER = utf8("hulian/cosign/v1/rsa/keygen/server");
const E = 65537n;
const HALF = 256;
const PRIME = 128;
/** Both top bits of a modulus are set in every second draw at least; so many in vain mean a broken generator. */
const DRAWS_MAX = 64;
const ALGORITHM = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: Uint8Array.of(1, 0, 1), hash: "SHA-256" };
const DIGEST_INFO = Uint8Array.of(0x30, 0x31, 0x30, 0x0d, 6, 9, 0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1, 5, 0, 4, 0x20);
const RSA_ENCRYPTION = Uint8Array.of(0x30, 0x0d, 6, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1, 5, 0);

/** Two halves with both top bits set always make exactly 4096 bits. */
function hasShape(modulus: Uint8Array): boolean {
  return modulus.length === HALF && ((modulus[0] ?? 0) & 0xc0) === 0xc0 && ((modulus[HALF - 1] ?? 0) & 1) === 1;
}

/** `EMSA-PKCS1-v1_5` of a SHA-256 digest (RFC 8017, section 9.2). */
function encoded(digest: Uint8Array, length: number): Bytes {
  const fill = new Uint8Array(length - 3 - DIGEST_INFO.length - digest.length).fill(0xff);
  return concat(Uint8Array.of(0, 1), fill, Uint8Array.of(0), DIGEST_INFO, digest);
}

/** Verifies PKCS#1 v1.5 with SHA-256; every value here is public. */
export function rsaVerify(modulus: Uint8Array, digest: Uint8Array, signature: Uint8Array): boolean {
  const [n, s] = [toNumber(modulus), toNumber(signature)];
  return signature.length === modulus.length && s < n && power(s, E, n) === toNumber(encoded(digest, modulus.length));
}

/** The phone's half: own primes, the server's modulus. */
export class RsaKey {
  readonly own: Bytes;
  readonly modulus: Bytes;

  private constructor(
    private readonly primes: Bytes,
    readonly other: Bytes,
  ) {
    this.own = fromNumber(toNumber(primes.subarray(0, PRIME)) * toNumber(primes.subarray(PRIME)), HALF);
    if (!hasShape(this.own) || !hasShape(other)) throw new CosignError("modulus is not 2048 bits, top two set, odd");
    if (gcd(toNumber(this.own), toNumber(other)) !== 1n) throw new CosignError("the halves have a common factor");
    this.modulus = fromNumber(toNumber(this.own) * toNumber(other), 2 * HALF);
  }

  static join(primes: Bytes, other: Bytes): RsaKey {
    return new RsaKey(primes, other);
  }

  static fromBytes(bytes: Uint8Array): RsaKey {
    const [primes, other] = decode(bytes, Kind.rsaClientKey, [HALF, HALF]);
    return new RsaKey(primes, other);
  }

  toBytes(): Bytes {
    return encode(Kind.rsaClientKey, this.primes, this.other);
  }

  spki(): Bytes {
    const key = sequence(unsigned(this.modulus), unsigned(Uint8Array.of(1, 0, 1)));
    return sequence(RSA_ENCRYPTION, tlv(0x03, concat(Uint8Array.of(0), key)));
  }

  verify(message: Uint8Array, signature: Uint8Array): boolean {
    return rsaVerify(this.modulus, sha256(message), signature);
  }

  /** The primes can be overwritten; the numbers that were made of them cannot, and are left to the collector. */
  wipe(): void {
    wipe(this.primes);
  }

  /** `m^d mod n` of the own half by its primes: blinded, and checked by `s^e = m`, so that no fault leaves. */
  partOf(m: bigint): bigint {
    const [p, q] = [toNumber(this.primes.subarray(0, PRIME)), toNumber(this.primes.subarray(PRIME))];
    const n = p * q;
    const mask = blinding(n);
    const blinded = (modulo(m, n) * power(mask.value, E, n)) % n;
    const part = (prime: bigint): bigint => {
      const d = inverse(E, prime - 1n);
      if (d === null) throw new CosignError("primes");
      return power(blinded, d, prime);
    };
    const qInverse = inverse(q, p);
    if (qInverse === null) throw new CosignError("primes");
    const [sp, sq] = [part(p), part(q)];
    const s = modulo((sq + q * modulo((sp - sq) * qInverse, p)) * mask.inverse, n);
    if (power(s, E, n) !== modulo(m, n)) throw new CosignError("the half's own signature");
    return s;
  }
}

function blinding(n: bigint): { value: bigint; inverse: bigint } {
  for (;;) {
    const value = modulo(toNumber(crypto.getRandomValues(new Uint8Array(HALF))), n);
    const inverted = inverse(value, n);
    if (inverted !== null) return { value, inverse: inverted };
  }
}

interface Half {
  primes: Bytes;
  modulus: Bytes;
  /** Proof of possession: an ordinary signature of the half. */
  prove(statement: Bytes): Promise<Bytes>;
}

async function drawHalf(): Promise<Half> {
  for (let draws = 0; draws < DRAWS_MAX; draws++) {
    const pair = await crypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
    const jwk = await crypto.subtle.exportKey("jwk", pair.privateKey);
    const [p, q, modulus] = [fromB64u(jwk.p ?? "", PRIME), fromB64u(jwk.q ?? "", PRIME), fromB64u(jwk.n ?? "", HALF)];
    if (p === null || q === null || modulus === null || !hasShape(modulus)) continue;
    const primes = concat(p, q);
    wipe(p, q);
    const prove = async (statement: Bytes): Promise<Bytes> =>
      new Uint8Array(await crypto.subtle.sign(ALGORITHM.name, pair.privateKey, statement));
    return { primes, modulus, prove };
  }
  throw new CosignError("key generation");
}

/** Makes the phone's half and commits to it; `finish` opens only to a server that has proven its own. */
export async function rsaKeygen(
  ctx: Uint8Array,
  half?: Half,
): Promise<{ commit: Bytes; finish(reply: Uint8Array): Promise<{ key: RsaKey; open: Bytes }> }> {
  const own = half ?? (await drawHalf());
  const commitment = sha256(framed(COMMIT, ctx, own.modulus));
  return {
    commit: encode(Kind.rsaKeygenCommit, commitment),
    async finish(reply) {
      const [theirs, proof] = decode(reply, Kind.rsaKeygenReply, [HALF, HALF]);
      if (!hasShape(theirs)) throw new CosignError("modulus is not 2048 bits, top two set, odd");
      const statement = framed(SERVER, ctx, commitment, theirs);
      if (!rsaVerify(theirs, sha256(statement), proof)) throw new CosignError("possession of a half");
      const key = RsaKey.join(own.primes, theirs);
      const possession = await own.prove(framed(CLIENT, ctx, own.modulus, theirs));
      return { key, open: encode(Kind.rsaKeygenOpen, own.modulus, possession) };
    },
  };
}

/** One signature: both parts joined by `s = s_c + Nc * ((s_s - s_c) * Nc^-1 mod Ns)`, verified before it is released. */
export function rsaSign(key: RsaKey, sid: Uint8Array, message: Uint8Array): Signing {
  const digest = sha256(message);
  const own = key.partOf(toNumber(encoded(digest, 2 * HALF)));
  return {
    request: encode(Kind.rsaSignRequest, sid, digest),
    finish(reply) {
      const [part] = decode(reply, Kind.rsaSignReply, [HALF]);
      const [ownModulus, other, theirs] = [toNumber(key.own), toNumber(key.other), toNumber(part)];
      const inverted = inverse(ownModulus, other);
      if (theirs === 0n || theirs >= other || inverted === null) throw new CosignError("part is out of range");
      const signature = fromNumber(own + ownModulus * modulo((theirs - own) * inverted, other), 2 * HALF);
      if (!rsaVerify(key.modulus, digest, signature)) throw new CosignError("signature does not verify");
      return signature;
    },
  };
}
