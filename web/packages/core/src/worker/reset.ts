// What opens a half when the password is forgotten: the device's secret, and a key whose private half rests at the server. Neither
// alone opens anything. The half is sealed to the public half by HPKE (RFC 9180, base mode, DHKEM(P-256), AES-256-GCM).
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from "@hpke/core";
import { p256 } from "@noble/curves/nist.js";
import { concat, fromB64u, toB64u, utf8, wipe, type Bytes } from "../bytes";
import { open, seal, type Unlocked } from "../cosign/unlocked";
import { resetKeyStatement, shareContext } from "../statement";
import { PhoneError } from "../types";
import type { Device } from "./device";
import { member, withKey, type Environment } from "./ports";
import type { Installed, ResetWrapping } from "./store";

/** As it goes to the server, `b64u`. */
export interface ResetKey {
  public_key: string;
  private_key: string;
}

const INFO = utf8("hulian/phone/v1/reset");
const OUTER = utf8("hulian/phone/v1/reset/outer");
/** An uncompressed P-256 point. */
const ENCAPSULATED = 65;

const suite = new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });

export function makeResetKey(): ResetKey {
  const secret = p256.utils.randomSecretKey() as Bytes;
  const made = { public_key: toB64u(p256.getPublicKey(secret, false) as Bytes), private_key: toB64u(secret) };
  wipe(secret);
  return made;
}

/** The public half of this device's reset key, as the server has it; made and handed in where there is none. */
export function resetKeyOf(env: Environment, device: Device, keys: Unlocked): Promise<string> {
  return withKey(env, `${device.ids.person_id}/reset`, async () => {
    const known = member(await env.http("GET", "/api/v1/password", null), "reset_public_key");
    if (typeof known === "string") return known;
    const made = makeResetKey();
    await putResetKey(env, device, keys, made);
    return made.public_key;
  });
}

export async function putResetKey(env: Environment, device: Device, keys: Unlocked, reset_key: ResetKey): Promise<void> {
  const counter = await device.nextCounter();
  const statement = resetKeyStatement(device.ids, reset_key.public_key, counter);
  const [password_proof, device_signature] = [toB64u(keys.prove(statement)), await device.sign(statement)];
  await env.http("PUT", "/api/v1/password/reset-key", { reset_key, counter, password_proof, device_signature });
}

export async function wrapForReset(device: Device, holdingId: string, publicKey: string, half: Bytes): Promise<ResetWrapping> {
  const context = shareContext(device.ids, holdingId);
  const recipientPublicKey = await suite.kem.importKey("raw", point(publicKey).buffer as ArrayBuffer, true).catch(differs);
  const { enc, ct } = await suite.seal({ recipientPublicKey, info: INFO }, half, context);
  const inner = concat(new Uint8Array(enc), new Uint8Array(ct));
  return { key: publicKey, wrapped: await seal(device.secret, OUTER, context, inner) };
}

/** The half, or null where it was not wrapped under this key or does not open. */
export async function openForReset(device: Device, holdingId: string, share: Installed, key: ResetKey): Promise<Bytes | null> {
  const found = [share.next?.reset, share.reset].find((wrapping) => wrapping?.key === key.public_key);
  const context = shareContext(device.ids, holdingId);
  const inner = found ? await open(device.secret, OUTER, context, found.wrapped) : null;
  if (inner === null || inner.length <= ENCAPSULATED) return null;
  const secret = fromB64u(key.private_key, 32) ?? new Uint8Array();
  try {
    const recipientKey = await suite.kem.importKey("raw", secret.slice().buffer, false);
    const enc = inner.slice(0, ENCAPSULATED);
    return new Uint8Array(await suite.open({ recipientKey, enc, info: INFO }, inner.slice(ENCAPSULATED), context));
  } catch {
    return null;
  } finally {
    wipe(secret);
  }
}

function point(text: string): Bytes {
  return fromB64u(text, 65) ?? differs();
}

function differs(): never {
  throw new PhoneError("server_differs", { what: "reset_key" });
}
