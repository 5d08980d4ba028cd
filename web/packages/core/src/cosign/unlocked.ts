// What the right password unlocks: a key that proves it, and a key that wraps the shares on this device.
import { p256 } from "@noble/curves/nist.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { concat, draw as systemDraw, utf8, wipe, type Bytes, type Draw } from "../bytes";
import { CosignError, encode, framed, Kind } from "./message";
import { wideScalar } from "./oprf";

const SALT = utf8("hulian/cosign/v1/password");
const INNER = utf8("hulian/cosign/v1/password/inner");
const OUTER = utf8("hulian/cosign/v1/password/outer");
const SHARE_MAX = 8 * 1024;

/** The inner wrapping does not open: another password. */
export class WrongPassword extends Error {}

/** The outer wrapping does not open: damaged, or made with another device secret. */
export class Damaged extends Error {}

export class Unlocked {
  private constructor(
    private readonly proofKey: Bytes,
    private readonly wrappingKey: Bytes,
    readonly epoch: number,
  ) {}

  /** HKDF-SHA256 with the info `label, person id, epoch`, each part behind its length. */
  static fromOprf(output: Uint8Array, personId: string, epoch: number): Unlocked {
    const epochBytes = new Uint8Array(4);
    new DataView(epochBytes.buffer).setUint32(0, epoch);
    const expand = (label: string, length: number): Bytes =>
      hkdf(sha256, output, SALT, framed(utf8(label), utf8(personId), epochBytes), length) as Bytes;
    const wide = expand("proof-key", 48);
    const unlocked = new Unlocked(wideScalar(wide), expand("wrapping-key", 32), epoch);
    wipe(wide);
    return unlocked;
  }

  /** `04 || x || y`. */
  proofPublicKey(): Bytes {
    return p256.getPublicKey(this.proofKey, false) as Bytes;
  }

  /** ECDSA P-256 with SHA-256 and the nonce of RFC 6979, `r || s`. */
  prove(statement: Uint8Array): Bytes {
    return p256.sign(statement, this.proofKey, { lowS: false, prehash: true, format: "compact" }) as Bytes;
  }

  /** Wraps a share under the password's key, then under the device's: `version, kind, iv2, AES-GCM(iv1, AES-GCM(share))`. */
  async wrap(deviceSecret: CryptoKey, context: Uint8Array, share: Bytes, draw: Draw = systemDraw): Promise<Bytes> {
    if (share.length > SHARE_MAX) throw new CosignError("share too long");
    const inner = await seal(await this.aes("encrypt"), INNER, context, share, draw);
    return encode(Kind.wrappedShare, await seal(deviceSecret, OUTER, context, inner, draw));
  }

  /** Opens a wrapped share; throws `Damaged` or `WrongPassword`. */
  async unwrap(deviceSecret: CryptoKey, context: Uint8Array, blob: Bytes): Promise<Bytes> {
    if (blob.length > SHARE_MAX + 64 || blob[0] !== 1 || blob[1] !== Kind.wrappedShare) throw new Damaged();
    const inner = await open(deviceSecret, OUTER, context, blob.subarray(2));
    if (inner === null) throw new Damaged();
    const share = await open(await this.aes("decrypt"), INNER, context, inner);
    if (share === null) throw new WrongPassword();
    return share;
  }

  wipe(): void {
    wipe(this.proofKey, this.wrappingKey);
  }

  private aes(usage: "encrypt" | "decrypt"): Promise<CryptoKey> {
    return crypto.subtle.importKey("raw", this.wrappingKey, "AES-GCM", false, [usage]);
  }
}

/** `iv || AES-GCM(plain)` with the framed label and context as additional data. */
export async function seal(key: CryptoKey, label: Uint8Array, context: Uint8Array, plain: Bytes, draw: Draw = systemDraw): Promise<Bytes> {
  const iv = draw(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: framed(label, context) }, key, plain);
  return concat(iv, new Uint8Array(sealed));
}

/** Null when it does not open. */
export async function open(key: CryptoKey, label: Uint8Array, context: Uint8Array, bytes: Bytes): Promise<Bytes | null> {
  if (bytes.length < 28) return null;
  const algorithm = { name: "AES-GCM", iv: bytes.slice(0, 12), additionalData: framed(label, context) };
  try {
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, bytes.slice(12)));
  } catch {
    return null;
  }
}
