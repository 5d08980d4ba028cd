// One key of either kind, so that enrolment and confirm are written once.
import { wipe, type Bytes } from "../bytes";
import { RsaKey, rsaKeygen, rsaSign } from "../cosign/rsa";
import { Sm2Key, sm2Keygen, sm2Sign, type Signing } from "../cosign/sm2";
import type { Algorithm } from "../types";

export type Key = Sm2Key | RsaKey;

export interface Keygen {
  commit: Bytes;
  finish(reply: Uint8Array): Promise<{ key: Key; open: Bytes }>;
}

/** The first message of a key generation. An RSA half takes its time to find. */
export async function keygen(algorithm: Algorithm, context: Uint8Array): Promise<Keygen> {
  if (algorithm === "rsa") return rsaKeygen(context);
  const run = sm2Keygen(context);
  return { commit: run.commit, finish: async (reply) => run.finish(reply) };
}

/** Reads an unwrapped share and overwrites it. */
export function readKey(algorithm: Algorithm, share: Bytes): Key {
  try {
    return algorithm === "rsa" ? RsaKey.fromBytes(share) : Sm2Key.fromBytes(share);
  } finally {
    wipe(share);
  }
}

export function sign(key: Key, sid: Uint8Array, message: Uint8Array): Signing {
  return key instanceof RsaKey ? rsaSign(key, sid, message) : sm2Sign(key, sid, message);
}
