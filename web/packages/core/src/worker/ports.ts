// What the worker needs of the world, and the words in which page and worker talk.
import type { Bytes } from "../bytes";
import { CosignError } from "../cosign/message";
import { PhoneError, type Algorithm, type Progress, type StorageState } from "../types";
import type { Store } from "./store";

export type Step = Parameters<Progress>[0];

/** A fingerprint's unlock carries what the authenticator gave, into the worker and never back. */
export type WorkerUnlock = { by: "password"; password: string } | { by: "fingerprint"; prf: Bytes } | { by: "run" };

export interface SignInRequest {
  area: string;
  number: string;
  code: string;
}

/** What the worker does for the page. `op` names the call in the progress reports. */
export interface WorkerApi {
  signInKey(request: SignInRequest): Promise<{ account: string; public_key: string; proof: string }>;
  /** False when the device that the server means does not rest here. `account` is null for a session that was restored. */
  signedIn(account: string | null, ids: { person_id: string; device_id: string }): Promise<boolean>;
  signedOut(): Promise<void>;
  forget(): Promise<void>;
  setPassword(op: number, password: string): Promise<void>;
  fingerprint(): Promise<{ credential_id: Bytes; salt: Bytes } | null>;
  /** Verifies the password at the server and keeps what it unlocked until `enableFingerprint`, a minute at most. */
  proveForFingerprint(op: number, password: string): Promise<void>;
  enableFingerprint(credential_id: Bytes, salt: Bytes, prf: Bytes): Promise<void>;
  changePassword(op: number, present: string, next: string): Promise<void>;
  passwordStale(): Promise<boolean>;
  renewPassword(op: number, former: string, present: string): Promise<void>;
  /** Keeps what the code brought until `finishReset` or `renewByReset`, ten minutes at most. */
  beginReset(code: string, faceCheckId: string | null): Promise<void>;
  finishReset(op: number, next: string): Promise<string[]>;
  renewByReset(op: number, present: string): Promise<string[]>;
  changeNumber(changeId: string, request: SignInRequest): Promise<string>;
  disableFingerprint(): Promise<void>;
  install(op: number, holding: { holding_id: string; algorithm: Algorithm }, way: "install" | "reissue", unlock: WorkerUnlock): Promise<void>;
  hasShare(holdingId: string): Promise<boolean>;
  shares(): Promise<StorageState["shares"]>;
  /** Whether a signature of this session waits to be sent again, which needs no unlock. */
  resumable(code: string): Promise<boolean>;
  confirm(op: number, view: unknown, unlock: WorkerUnlock): Promise<string>;
  confirmLogin(view: unknown): Promise<string>;
  beginRun(unlock: WorkerUnlock): Promise<void>;
  endRun(): Promise<void>;
}

/** What the page does for the worker: it has the access token and the way to the server. */
export interface PageApi {
  http(method: string, path: string, body: unknown): Promise<unknown>;
  progress(op: number, step: Step): Promise<void>;
}

/** A lock over all tabs (`navigator.locks`, or a stand-in where tests run). */
export interface Locks {
  request<T>(name: string, options: { signal?: AbortSignal }, run: () => Promise<T>): Promise<T>;
}

export interface Environment {
  store: Store;
  http: PageApi["http"];
  locks: Locks;
  nowUs(): number;
  /** How long another tab may hold a key before this one gives up, in milliseconds. */
  lockWaitMs: number;
}

/** Holds one key over all tabs: two signatures of one key side by side would let a hostile server forge (one nonce at a time). */
export async function withKey<T>(env: Environment, name: string, run: () => Promise<T>): Promise<T> {
  let held = false;
  try {
    return await env.locks.request(`hulian-key/${name}`, { signal: AbortSignal.timeout(env.lockWaitMs) }, () => {
      held = true;
      return run();
    });
  } catch (cause) {
    if (!held) throw new PhoneError("locked_in_other_tab", {}, { cause });
    throw cause instanceof CosignError ? new PhoneError("cosign_refused", { check: cause.what }, { cause }) : cause;
  }
}

/** Reads members of an answer; anything else than the promised shape is refused. */
export function member(answer: unknown, name: string): unknown {
  if (typeof answer !== "object" || answer === null) throw new PhoneError("server_differs", { what: name });
  return (answer as Record<string, unknown>)[name];
}

export function textMember(answer: unknown, name: string): string {
  const value = member(answer, name);
  if (typeof value !== "string" || value.length > 64 * 1024) throw new PhoneError("server_differs", { what: name });
  return value;
}

export function numberMember(answer: unknown, name: string): number {
  const value = member(answer, name);
  if (!Number.isSafeInteger(value)) throw new PhoneError("server_differs", { what: name });
  return value as number;
}
