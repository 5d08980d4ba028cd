// What rests in the browser: device keys that cannot be exported, wrapped shares, the counter. One object store; every
// change is one transaction that is on the disk before the promise resolves.
import { del, delMany, entries, get, set, update, type UseStore } from "idb-keyval";
import type { Bytes } from "../bytes";
import { PhoneError, type Algorithm } from "../types";

/** One person in this browser profile. Both keys cannot be exported, not even by us. */
export interface DeviceRecord {
  /** Digest of area and number: which device signs in for a number. */
  account: string;
  /** Null until the first sign-in has answered. */
  ids: { person_id: string; device_id: string } | null;
  key: CryptoKeyPair;
  public_key: Bytes;
  secret: CryptoKey;
}

/** A half under a reset key, named by its public half: what opens it when the password is forgotten (PWD-4). */
export interface ResetWrapping {
  key: string;
  wrapped: Bytes;
}

/** A half under the password of an epoch. */
interface Wrapping {
  wrapped: Bytes;
  epoch: number;
  reset?: ResetWrapping;
}

/** A half whose certificate is in force. */
export interface Installed extends Wrapping {
  algorithm: Algorithm;
  certificate: Bytes;
  /** The same half under a password that is being changed; which of the two holds, the server decides. */
  next?: Wrapping;
  installed_at_us: number;
  last_used_at_us: number | null;
}

/** A half whose enrolment is not finished. Without a signature it is of no further use. */
export interface Pending extends Wrapping {
  algorithm: Algorithm;
  install_id: string;
  spki: Bytes;
  signature: Bytes | null;
}

export interface ShareRecord {
  installed: Installed | null;
  pending: Pending | null;
}

/** What the fingerprint opens: the OPRF output of the password, under the authenticator's key and the device secret. */
export interface FingerprintRecord {
  credential_id: Bytes;
  salt: Bytes;
  wrapped: Bytes;
  epoch: number;
}

const STORE = "phone";

export class Store {
  private constructor(private readonly use: UseStore) {}

  static async open(name = "hulian"): Promise<Store> {
    const db = await guarded(() => opened(name));
    const use: UseStore = async (mode, run) =>
      run(db.transaction(STORE, mode, { durability: mode === "readwrite" ? "strict" : "default" }).objectStore(STORE));
    return new Store(use);
  }

  /** The device of an account; `make` is kept only if no other tab was quicker. */
  async device(account: string, make: () => Promise<DeviceRecord>): Promise<DeviceRecord> {
    const found = await this.read<DeviceRecord>(`device/${account}`);
    if (found) return found;
    const made = await make();
    await guarded(() => update<DeviceRecord>(`device/${account}`, (old) => old ?? made, this.use));
    return (await this.read<DeviceRecord>(`device/${account}`)) ?? made;
  }

  putDevice(device: DeviceRecord): Promise<void> {
    return guarded(() => set(`device/${device.account}`, device, this.use));
  }

  findDevice(account: string): Promise<DeviceRecord | undefined> {
    return this.read(`device/${account}`);
  }

  dropDevice(account: string): Promise<void> {
    return guarded(() => del(`device/${account}`, this.use));
  }

  async deviceById(deviceId: string): Promise<DeviceRecord | null> {
    const all = await this.list<DeviceRecord>("device/");
    return all.find(([, device]) => device.ids?.device_id === deviceId)?.[1] ?? null;
  }

  /** Above everything used before, over tabs and restarts, and kept before it is used: `max(clock, last + 1)`. */
  async nextCounter(account: string, nowUs: number): Promise<number> {
    let next = 0;
    const raise = (last = 0): number => (next = Math.max(nowUs, last + 1));
    await guarded(() => update<number>(`counter/${account}`, raise, this.use));
    return next;
  }

  async share(personId: string, holdingId: string): Promise<ShareRecord> {
    return (await this.read<ShareRecord>(`share/${personId}/${holdingId}`)) ?? { installed: null, pending: null };
  }

  changeShare(personId: string, holdingId: string, change: (old: ShareRecord) => ShareRecord): Promise<void> {
    const next = (old?: ShareRecord): ShareRecord => change(old ?? { installed: null, pending: null });
    return guarded(() => update<ShareRecord>(`share/${personId}/${holdingId}`, next, this.use));
  }

  async installed(personId: string): Promise<[holdingId: string, share: Installed][]> {
    const prefix = `share/${personId}/`;
    const all = await this.list<ShareRecord>(prefix);
    return all.flatMap(([key, share]) => (share.installed ? [[key.slice(prefix.length), share.installed]] : []));
  }

  fingerprint(personId: string): Promise<FingerprintRecord | undefined> {
    return this.read(`fingerprint/${personId}`);
  }

  putFingerprint(personId: string, record: FingerprintRecord): Promise<void> {
    return guarded(() => set(`fingerprint/${personId}`, record, this.use));
  }

  dropFingerprint(personId: string): Promise<void> {
    return guarded(() => del(`fingerprint/${personId}`, this.use));
  }

  /** Everything of one device, at once. The counter goes with the key that it counted for. */
  async forget(device: DeviceRecord): Promise<void> {
    const personId = device.ids?.person_id;
    const shares = personId === undefined ? [] : await this.list(`share/${personId}/`);
    const keys = [`device/${device.account}`, `counter/${device.account}`, ...shares.map(([key]) => key)];
    if (personId !== undefined) keys.push(`fingerprint/${personId}`);
    await guarded(() => delMany(keys, this.use));
  }

  private read<T>(key: string): Promise<T | undefined> {
    return guarded(() => get<T>(key, this.use));
  }

  private async list<T>(prefix: string): Promise<[string, T][]> {
    const all = await guarded(() => entries<IDBValidKey, T>(this.use));
    return all.filter((entry): entry is [string, T] => typeof entry[0] === "string" && entry[0].startsWith(prefix));
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onsuccess = () => {
      // A tab with a newer version of the app must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
    request.onerror = () => reject(request.error ?? new Error("storage"));
  });
}

async function guarded<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    throw new PhoneError("storage_unavailable", {}, { cause });
  }
}
