// RFC 9497, mode OPRF, suite P256-SHA256: the phone's side. The server learns neither the password nor what comes out.
import { p256, p256_hasher, p256_oprf } from "@noble/curves/nist.js";
import { draw as systemDraw, fromNumber, toNumber, utf8, wipe, type Bytes, type Draw } from "../bytes";
import { CosignError } from "./message";

/** `"HashToGroup-" || "OPRFV1-" || I2OSP(0, 1) || "-P256-SHA256"`. */
const HASH_TO_GROUP = utf8("HashToGroup-OPRFV1-\0-P256-SHA256");
const ORDER = p256.Point.CURVE().n;

export interface Blinded {
  blinded: Bytes;
  /** Removes the blinding, once; the input and the blinding factor are overwritten. */
  finish(evaluated: Uint8Array): Bytes;
}

function randomBlind(draw: Draw): Bytes {
  for (;;) {
    const bytes = draw(32);
    const value = toNumber(bytes);
    if (value !== 0n && value < ORDER) return bytes;
  }
}

/** Blinds an input of at most 1024 bytes, which it takes over. */
export function blind(input: Bytes, draw: Draw = systemDraw): Blinded {
  if (input.length > 1024) throw new CosignError("input too long");
  const factor = randomBlind(draw);
  const element = p256_hasher.hashToCurve(input, { DST: HASH_TO_GROUP });
  const blinded = element.multiply(toNumber(factor)).toBytes(true) as Bytes;
  return {
    blinded,
    finish(evaluated) {
      if (evaluated.length !== 33 || toNumber(factor) === 0n) throw new CosignError("element is not a compressed point");
      try {
        return p256_oprf.oprf.finalize(input, factor, evaluated) as Bytes;
      } catch (cause) {
        throw cause instanceof CosignError ? cause : new CosignError("element is not on the curve");
      } finally {
        wipe(input, factor);
      }
    },
  };
}

/** A private scalar from 48 uniform bytes, reduced as RFC 9380 hashes to a field. */
export function wideScalar(bytes: Uint8Array): Bytes {
  const value = toNumber(bytes) % ORDER;
  if (value === 0n) throw new CosignError("scalar is zero");
  return fromNumber(value, 32);
}
