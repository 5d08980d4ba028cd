// The SM2 curve: scalars and points as bytes, each with exactly one accepted form.
import { weierstrass, type WeierstrassPoint } from "@noble/curves/abstract/weierstrass.js";
import { concat, draw as systemDraw, fromNumber, toNumber, utf8, type Bytes, type Draw } from "../bytes";
import { CosignError } from "./message";
import { sm3 } from "./sm3";

const CURVE = {
  p: 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn,
  n: 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n,
  h: 1n,
  a: 0xfffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffcn,
  b: 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n,
  Gx: 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  Gy: 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
};

export type Point = WeierstrassPoint<bigint>;

const Curve = weierstrass(CURVE);
const ORDER = CURVE.n;
export const G: Point = Curve.BASE;

/** The signer identity where none is agreed (GM/T 0009), behind its length in bits. */
const IDENTITY = concat(Uint8Array.of(0, 128), utf8("1234567812345678"));
const PARAMETERS = concat(...[CURVE.a, CURVE.b, CURVE.Gx, CURVE.Gy].map((value) => fromNumber(value, 32)));

export function mod(value: bigint): bigint {
  const rest = value % ORDER;
  return rest < 0n ? rest + ORDER : rest;
}

export function scalar(bytes: Uint8Array): bigint {
  const value = toNumber(bytes);
  if (bytes.length !== 32 || value >= ORDER) throw new CosignError("scalar not below the order");
  return value;
}

export function nonzero(bytes: Uint8Array): bigint {
  const value = scalar(bytes);
  if (value === 0n) throw new CosignError("scalar is zero");
  return value;
}

export function scalarBytes(value: bigint): Bytes {
  return fromNumber(value, 32);
}

/** Draws 32 bytes at a time until they are a scalar other than zero, nearly always the first. */
export function randomScalar(draw: Draw = systemDraw): bigint {
  for (;;) {
    const bytes = draw(32);
    const value = toNumber(bytes);
    bytes.fill(0);
    if (value !== 0n && value < ORDER) return value;
  }
}

export function invert(value: bigint): bigint {
  return Curve.Fn.inv(value);
}

/** Decodes `04 || x || y`, on the curve. The cofactor is one, so there is no small subgroup. */
export function point(bytes: Uint8Array): Point {
  if (bytes.length !== 65 || bytes[0] !== 4) throw new CosignError("point is not 04 || x || y");
  try {
    return Curve.fromBytes(bytes);
  } catch {
    throw new CosignError("point is not on the curve");
  }
}

export function pointBytes(value: Point): Bytes {
  if (value.is0()) throw new CosignError("point at infinity");
  return value.toBytes(false) as Bytes;
}

/** The x-coordinate modulo the order, as SM2 uses it. */
export function xScalar(value: Point): bigint {
  if (value.is0()) throw new CosignError("point at infinity");
  return mod(value.toAffine().x);
}

/** `[a]G + [b]P` for values that are all public. */
export function publicCombination(a: bigint, b: bigint, p: Point): Point {
  return G.multiplyUnsafe(a).add(p.multiplyUnsafe(b));
}

/** `e = SM3(Z || message)` with the default identity (GB/T 32918.2). */
export function sm2Digest(publicKey: Uint8Array, message: Uint8Array): Bytes {
  const z = sm3(concat(IDENTITY, PARAMETERS, publicKey.subarray(1)));
  return sm3(concat(z, message));
}

/** Verifies `r || s` over the digest `e` (GB/T 32918.2, clause 7). */
export function sm2Verify(publicKey: Uint8Array, e: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false;
  try {
    const r = nonzero(signature.subarray(0, 32));
    const s = nonzero(signature.subarray(32));
    const t = mod(r + s);
    return t !== 0n && mod(toNumber(e) + xScalar(publicCombination(s, t, point(publicKey)))) === r;
  } catch {
    return false;
  }
}
