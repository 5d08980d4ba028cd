// How messages look: a version byte, a kind byte, fields of fixed length, nothing after them. The kinds and lengths are
// those of `libs/cosign`, whose vectors both sides pass.
import { concat, type Bytes } from "../bytes";

const VERSION = 1;

export const Kind = {
  sm2KeygenCommit: 0x11,
  sm2KeygenReply: 0x12,
  sm2KeygenOpen: 0x13,
  sm2ClientKey: 0x15,
  sm2SignRequest: 0x21,
  sm2SignReply: 0x22,
  rsaKeygenCommit: 0x51,
  rsaKeygenReply: 0x52,
  rsaKeygenOpen: 0x53,
  rsaClientKey: 0x55,
  rsaSignRequest: 0x61,
  rsaSignReply: 0x62,
  wrappedShare: 0x81,
} as const;

/** A check of the key protocol failed: nothing may be released. Never says anything of a secret. */
export class CosignError extends Error {
  constructor(readonly what: string) {
    super(what);
    this.name = "CosignError";
  }
}

/** Concatenates parts, each behind its length as four bytes, so that two different lists never give the same bytes. */
export function framed(...parts: Uint8Array[]): Bytes {
  return concat(
    ...parts.flatMap((part) => {
      const length = new Uint8Array(4);
      new DataView(length.buffer).setUint32(0, part.length);
      return [length, part];
    }),
  );
}

export function encode(kind: number, ...fields: Uint8Array[]): Bytes {
  return concat(Uint8Array.of(VERSION, kind), ...fields);
}

/** Cuts a message into fields of these lengths; anything else about it is refused. The fields are copies. */
export function decode<const N extends readonly number[]>(bytes: Uint8Array, kind: number, lengths: N): { [I in keyof N]: Bytes } {
  const total = lengths.reduce((sum, length) => sum + length, 2);
  if (bytes.length !== total || bytes[0] !== VERSION || bytes[1] !== kind) throw new CosignError("another message");
  let at = 2;
  const fields = lengths.map((length) => Uint8Array.from(bytes.subarray(at, (at += length))));
  return fields as { [I in keyof N]: Bytes };
}
