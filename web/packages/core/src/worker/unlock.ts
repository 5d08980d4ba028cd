// From a password, a fingerprint or a running continuous mode to the keys that prove and unwrap.
import { fromB64u, toB64u, utf8, wipe, type Bytes } from "../bytes";
import { blind } from "../cosign/oprf";
import { stretch } from "../cosign/password";
import { CosignError } from "../cosign/message";
import { Damaged, open, seal, Unlocked, WrongPassword } from "../cosign/unlocked";
import { shareContext, type Device as Ids } from "../statement";
import { PhoneError } from "../types";
import type { Device } from "./device";
import { member, numberMember, textMember, type Environment, type Step, type WorkerUnlock } from "./ports";
import type { FingerprintRecord, Installed } from "./store";

/** Keys with what is known of them. `done` overwrites them unless a run keeps them. */
export interface Opened {
  keys: Unlocked;
  by: WorkerUnlock["by"];
  attemptsLeft: number | null;
  done(): void;
}

/** The password's way: stretched, blinded, evaluated by the server, which counts. Whether it was right shows afterwards. */
export async function byPassword(
  env: Environment,
  ids: Ids,
  password: string,
  purpose: "set" | "use" | "change" | "reset",
  step: (step: Step) => void,
  /** With `use`: the epoch of a former password. With `reset`: which. */
  of: { epoch?: number; password_reset_id?: string } = {},
): Promise<{ output: Bytes; keys: Unlocked; attemptsLeft: number }> {
  const state = await env.http("GET", "/api/v1/password", null);
  step("stretching");
  const salt = fromB64u(textMember(state, "salt"), 16);
  const cost = member(state, "stretch");
  if (salt === null) throw new PhoneError("server_differs", { what: "salt" });
  const input = await checked(() =>
    stretch(password, salt, {
      memory_kib: numberMember(cost, "memory_kib"),
      iterations: numberMember(cost, "iterations"),
      parallelism: numberMember(cost, "parallelism"),
    }),
  );
  step("unlocking");
  const run = await checked(async () => blind(input));
  const answer = await env.http("POST", "/api/v1/password/evaluations", { blinded: toB64u(run.blinded), purpose, ...of });
  const evaluated = fromB64u(textMember(answer, "evaluated"), 33) ?? new Uint8Array();
  const output = await checked(async () => run.finish(evaluated));
  const keys = Unlocked.fromOprf(output, ids.person_id, numberMember(answer, "epoch"));
  return { output, keys, attemptsLeft: numberMember(answer, "attempts_left") };
}

async function checked<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw cause instanceof CosignError ? new PhoneError("cosign_refused", { check: cause.what }, { cause }) : cause;
  }
}

const PRF_INFO = "hulian/phone/v1/fingerprint";
const OUTER = utf8("hulian/phone/v1/fingerprint/outer");
const INNER = utf8("hulian/phone/v1/fingerprint/inner");

function fingerprintContext(ids: Ids): Bytes {
  return utf8(`v1|fingerprint|${ids.person_id}|${ids.device_id}`);
}

/** HKDF of what the authenticator gave; the key cannot be exported and dies with the call. */
async function prfKey(prf: Bytes, salt: Bytes, usage: KeyUsage): Promise<CryptoKey> {
  const base = await crypto.subtle.importKey("raw", prf, "HKDF", false, ["deriveKey"]);
  wipe(prf);
  return crypto.subtle.deriveKey({ name: "HKDF", hash: "SHA-256", salt, info: utf8(PRF_INFO) }, base, { name: "AES-GCM", length: 256 }, false, [usage]);
}

export async function wrapForFingerprint(device: Device, output: Bytes, salt: Bytes, prf: Bytes): Promise<Bytes> {
  const context = fingerprintContext(device.ids);
  const inner = await seal(await prfKey(prf, salt, "encrypt"), INNER, context, output);
  return seal(device.secret, OUTER, context, inner);
}

export async function byFingerprint(device: Device, record: FingerprintRecord, prf: Bytes): Promise<Unlocked> {
  const context = fingerprintContext(device.ids);
  const inner = await open(device.secret, OUTER, context, record.wrapped);
  const output = inner && (await open(await prfKey(prf, record.salt, "decrypt"), INNER, context, inner));
  if (output === null) throw new PhoneError("fingerprint_failed");
  const keys = Unlocked.fromOprf(output, device.ids.person_id, record.epoch);
  wipe(output);
  return keys;
}

/** The half under the password of an epoch; null when there is no such wrapping. */
export function wrappedUnder(share: Installed, epoch: number): Bytes | null {
  if (share.next?.epoch === epoch) return share.next.wrapped;
  return share.epoch === epoch ? share.wrapped : null;
}

/** Opens this device's half. Only the right password can, and only with the server's counted help. */
export async function openShare(device: Device, holdingId: string, share: Installed, opened: Opened): Promise<Bytes> {
  const wrapped = wrappedUnder(share, opened.keys.epoch);
  // Wrapped before the password was changed on another device: the former one is asked for once more (PWD-3).
  if (wrapped === null && opened.by === "password") throw new PhoneError("password_renew");
  try {
    return await opened.keys.unwrap(device.secret, shareContext(device.ids, holdingId), wrapped ?? share.wrapped);
  } catch (cause) {
    if (cause instanceof Damaged) throw new PhoneError("share_damaged", { holding_id: holdingId }, { cause });
    if (!(cause instanceof WrongPassword)) throw cause;
    // What a fingerprint or a run opens was right once: the password has been changed since, on another device.
    if (opened.by !== "password") throw new PhoneError("fingerprint_failed", { reason: "password_changed" }, { cause });
    throw new PhoneError("password_wrong", { attempts_left: opened.attemptsLeft }, { cause });
  }
}
