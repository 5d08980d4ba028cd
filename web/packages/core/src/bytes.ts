// Bytes as text and back, and the few operations on them that the platform lacks.

/** Bytes whose buffer is not shared between threads, as WebCrypto and IndexedDB want them. */
export type Bytes = Uint8Array<ArrayBuffer>;

const B64U = /^[A-Za-z0-9_-]*$/;
const utf8Encoder = new TextEncoder();

export function utf8(text: string): Bytes {
  return utf8Encoder.encode(text) as Bytes;
}

export function toB64u(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** Decodes the one canonical spelling, of exactly `length` bytes if given; null for anything else. */
export function fromB64u(text: string, length?: number): Bytes | null {
  if (!B64U.test(text) || text.length % 4 === 1) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));
  return toB64u(bytes) === text && (length === undefined || bytes.length === length) ? bytes : null;
}

export function concat(...parts: Uint8Array[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Overwrites secrets as far as the language lets us: copies that the engine made are out of reach. */
export function wipe(...secrets: (Uint8Array | null | undefined)[]): void {
  for (const secret of secrets) secret?.fill(0);
}

/** Where random bytes come from; a parameter, so that the shared vectors can be replayed. */
export type Draw = (length: number) => Bytes;

export const draw: Draw = (length) => crypto.getRandomValues(new Uint8Array(length));

export function toNumber(bytes: Uint8Array): bigint {
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  return hex === "" ? 0n : BigInt(`0x${hex}`);
}

/** Big endian; the value must fit. */
export function fromNumber(value: bigint, length: number): Bytes {
  const hex = value.toString(16).padStart(length * 2, "0");
  if (value < 0n || hex.length !== length * 2) throw new RangeError("number of another width");
  return Uint8Array.from({ length }, (_, at) => Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16));
}
