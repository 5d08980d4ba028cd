// This device for one person: its key signs statements, its secret wraps what rests here.
import { toB64u, utf8, type Bytes } from "../bytes";
import { sha256B64u } from "../digest";
import type { Device as Ids } from "../statement";
import { PhoneError } from "../types";
import type { DeviceRecord, Store } from "./store";

const KEY = { name: "ECDSA", namedCurve: "P-256" };
const SIGN = { name: "ECDSA", hash: "SHA-256" };

/** The number as typed can be spaced in many ways; its digits are what counts. */
export function accountOf(area: string, number: string): string {
  return sha256B64u(utf8(`hulian/account/v1|${area}|${number.replace(/[^0-9]/g, "")}`));
}

export async function makeDevice(account: string): Promise<DeviceRecord> {
  const key = await crypto.subtle.generateKey(KEY, false, ["sign", "verify"]);
  const secret = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const public_key = new Uint8Array(await crypto.subtle.exportKey("raw", key.publicKey));
  return { account, ids: null, key, public_key, secret };
}

export async function signWith(record: DeviceRecord, statement: Bytes): Promise<string> {
  return toB64u(new Uint8Array(await crypto.subtle.sign(SIGN, record.key.privateKey, statement)));
}

/** A device that is signed in. */
export class Device {
  constructor(
    readonly record: DeviceRecord,
    readonly ids: Ids,
    private readonly store: Store,
    private readonly nowUs: () => number,
  ) {}

  get secret(): CryptoKey {
    return this.record.secret;
  }

  sign(statement: Bytes): Promise<string> {
    return signWith(this.record, statement);
  }

  nextCounter(): Promise<number> {
    return this.store.nextCounter(this.record.account, this.nowUs());
  }
}

export function signedIn(device: Device | null): Device {
  if (device === null) throw new PhoneError("not_signed_in");
  return device;
}
