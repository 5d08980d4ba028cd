// SHA-256 as the protocol uses it, and the short form that both screens show.
import { sha256 as hash } from "@noble/hashes/sha2.js";
import { toB64u, utf8, type Bytes } from "./bytes";

export function sha256(bytes: Uint8Array): Bytes {
  return hash(bytes) as Bytes;
}

export function sha256B64u(bytes: Uint8Array): string {
  return toB64u(sha256(bytes));
}

export function sha256Text(text: string): string {
  return sha256B64u(utf8(text));
}

/** The first 8 bytes as four groups of four hexadecimal digits. */
export function digestShort(digest: Uint8Array): string {
  const hex = Array.from(digest.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0"));
  return [0, 2, 4, 6].map((at) => `${hex[at] ?? ""}${hex[at + 1] ?? ""}`).join(" ");
}
