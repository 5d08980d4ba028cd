// The facade: it has the session and talks to the worker that has the keys.
import { createApi } from "@hulian/api";
import { draw, fromB64u, toB64u } from "./bytes";
import { passwordWeakness } from "./cosign/password";
import type { Phone } from "./phone";
import { Session, type SessionLocks, type SignedIn } from "./session";
import { PhoneError, type Progress, type Unlock } from "./types";
import { askCredential, fingerprintOffered, makeCredential, newSalt } from "./webauthn";
import type { PageApi, WorkerApi, WorkerUnlock } from "./worker/ports";
import { connect, type Endpoint, type Remote } from "./worker/rpc";

/** Everything has a default in a browser; tests bring their own. */
export interface PhoneOptions {
  /** Where the API is, without a path; empty for the page's own origin. */
  baseUrl?: string;
  /** Whose codes are scanned; the page's own origin by default. */
  phoneUrl?: string;
  /** The worker in which the keys live; made at the first use. */
  worker?: () => Endpoint;
  fetch?: typeof fetch;
  locks?: SessionLocks;
  retryMs?: readonly number[];
}

const RETRY_MS = [250, 500, 1000, 2000];
/** Where phone apps show pages inside themselves, with a storage of their own. */
const IN_APP = /MicroMessenger|QQ\/|DingTalk|AlipayClient|Weibo|wxwork|; wv\)/;

function ownWorker(): Endpoint {
  return new Worker(new URL("./worker/entry.ts", import.meta.url), { type: "module", name: "hulian-keys" });
}

/** A value for `Idempotency-Key`: one for each wish, kept for its repeats. */
export function idempotencyKey(): string {
  return toB64u(draw(16));
}

export function createPhone(options: PhoneOptions = {}): Phone {
  const session = new Session({
    baseUrl: options.baseUrl ?? "",
    fetch: options.fetch ?? ((request) => fetch(request)),
    locks: options.locks ?? (navigator.locks as SessionLocks),
    retryMs: options.retryMs ?? RETRY_MS,
  });
  const page = pageSide(session, options.worker ?? ownWorker);
  const { keys, tracked } = page;
  const phoneOrigin = options.phoneUrl ?? globalThis.location?.origin ?? "";
  session.onSignedOut(() => void keys().signedOut());

  /** The touch of the sensor happens here; what it gives goes into the worker. */
  async function unlocked(unlock: Unlock): Promise<WorkerUnlock> {
    if (unlock.by !== "fingerprint") return unlock;
    const record = await keys().fingerprint();
    if (record === null) throw new PhoneError("fingerprint_failed", { reason: "not_enabled" });
    return { by: "fingerprint", prf: await askCredential(record.credential_id, record.salt) };
  }

  return {
    api: createApi(options.baseUrl ?? "", { fetch: session.fetch }),
    get signedIn() {
      return session.signedIn;
    },
    onSignedOut: (listener) => session.onSignedOut(listener),

    async requestCode(area, number) {
      const answer = await session.json("POST", "/api/v1/sms-codes", { area, number, purpose: "sign_in" });
      return answer as { resend_after_s: number; expires_in_s: number };
    },

    async signIn({ area, number, code, edition, device_name }) {
      const { account, public_key, proof } = await keys().signInKey({ area, number, code });
      const device = { public_key, name: device_name, proof };
      const body = { area, number, code, edition, agreed: true, device };
      const answer = (await session.json("POST", "/api/v1/sessions", body)) as SignedIn;
      await keys().signedIn(account, idsOf(answer));
      session.begin(answer);
    },

    async restore() {
      const answer = await session.restore();
      if (answer === null) return false;
      if (await keys().signedIn(null, idsOf(answer))) return true;
      // The cookie outlived the device key: nothing could be signed, so the person signs in again, as a new device.
      await session.json("DELETE", "/api/v1/sessions/current", null).catch(() => undefined);
      session.end();
      return false;
    },

    async signOut() {
      await session.json("DELETE", "/api/v1/sessions/current", null);
      session.end();
      await keys().signedOut();
    },

    async forgetDevice() {
      await keys().forget();
      await session.json("DELETE", "/api/v1/sessions/current", null).catch(() => undefined);
      session.end();
    },

    passwordWeakness,
    async setPassword(password, facts, progress) {
      const weakness = passwordWeakness(password, facts);
      if (weakness !== null) throw new PhoneError("password_weak", { weakness });
      await tracked(progress, (op) => keys().setPassword(op, password));
    },

    async fingerprint() {
      const [offered, record] = await Promise.all([fingerprintOffered(), keys().fingerprint()]);
      return { offered, enabled: record !== null };
    },
    async enableFingerprint(password, progress) {
      await tracked(progress, (op) => keys().proveForFingerprint(op, password));
      const salt = newSalt();
      const { credential_id, prf } = await makeCredential(salt);
      await keys().enableFingerprint(credential_id, salt, prf);
      prf.fill(0);
    },
    disableFingerprint: () => keys().disableFingerprint(),

    async install(holding, way, unlock, progress) {
      const how = await unlocked(unlock);
      const { holding_id, algorithm } = holding;
      await tracked(progress, (op) => keys().install(op, { holding_id, algorithm }, way, how));
    },
    hasShare: (holdingId) => keys().hasShare(holdingId),
    async storage() {
      const persisted = (await navigator.storage?.persisted?.()) ?? false;
      return { persisted, shares: await keys().shares(), in_app_browser: IN_APP.test(navigator.userAgent) };
    },
    persist: async () => (await navigator.storage?.persist?.()) ?? false,

    codeOf: (text) => codeOf(text, phoneOrigin),
    async confirm(view, unlock, progress) {
      // A signature that waits to be sent again needs no second touch and no second password.
      const resume = await keys().resumable(view.code);
      const how: WorkerUnlock = resume ? { by: "run" } : await unlocked(unlock);
      return tracked(progress, (op) => keys().confirm(op, plain(view), how));
    },
    confirmLogin: (view) => keys().confirmLogin(plain(view)),
    async beginRun(unlock) {
      await keys().beginRun(await unlocked(unlock));
    },
    endRun: () => void keys().endRun(),
  };
}

/** Connects to the worker at the first use, and hands its progress to whoever waits. */
function pageSide(session: Session, make: () => Endpoint): { keys: () => Remote<WorkerApi>; tracked: Tracked } {
  let remote: Remote<WorkerApi> | null = null;
  let last = 0;
  const listening = new Map<number, Progress>();
  const own: PageApi = {
    http: (method, path, body) => session.json(method, path, body),
    progress: async (op, step) => listening.get(op)?.(step),
  };
  const tracked: Tracked = async (progress, run) => {
    const op = ++last;
    if (progress) listening.set(op, progress);
    try {
      return await run(op);
    } finally {
      listening.delete(op);
    }
  };
  return { keys: () => (remote ??= connect<WorkerApi>(make(), own)), tracked };
}

type Tracked = <T>(progress: Progress | undefined, run: (op: number) => Promise<T>) => Promise<T>;

function idsOf({ person_id, device_id }: SignedIn): { person_id: string; device_id: string } {
  return { person_id, device_id };
}

/** Frameworks wrap what a page holds in proxies, which cannot be posted to a worker. */
function plain(view: unknown): unknown {
  return JSON.parse(JSON.stringify(view));
}

/** `{phone_url}/s/{22 characters}`: our own host only, nothing in it is trusted beyond that. */
function codeOf(text: string, origin: string): string | null {
  try {
    const url = new URL(text.trim());
    const code = /^\/s\/([A-Za-z0-9_-]{22})$/.exec(url.pathname)?.[1] ?? "";
    return url.origin === origin && fromB64u(code, 16) !== null ? code : null;
  } catch {
    return null;
  }
}
