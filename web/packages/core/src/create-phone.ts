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
  const phoneOrigin = options.phoneUrl ?? globalThis.location?.origin ?? "";
  session.onSignedOut(() => void page.keys().signedOut());
  return {
    api: createApi(options.baseUrl ?? "", { fetch: session.fetch }),
    get signedIn() {
      return session.signedIn;
    },
    ...account(session, page),
    ...password(page),
    ...enrolment(page),
    ...scanning(page, phoneOrigin),
  };
}

type Account = "requestCode" | "signIn" | "restore" | "onSignedOut" | "signOut" | "changeNumber" | "leave" | "forgetDevice";

function account(session: Session, { keys }: Page): Pick<Phone, Account> {
  return {
    async requestCode(area, number) {
      const answer = await session.json("POST", "/api/v1/sms-codes", { area, number, purpose: "sign_in" });
      return answer as { resend_after_s: number; expires_in_s: number };
    },

    async signIn({ area, number, code, edition, device_name }) {
      const made = await keys().signInKey({ area, number, code });
      const device = { public_key: made.public_key, name: device_name, proof: made.proof };
      const body = { area, number, code, edition, agreed: true, device };
      const answer = (await session.json("POST", "/api/v1/sessions", body)) as SignedIn;
      await keys().signedIn(made.account, idsOf(answer));
      session.begin(answer);
    },

    async restore() {
      // The keys wake up while the server is asked: neither waits for the other.
      keys();
      const answer = await session.restore();
      if (answer === null) return false;
      if (await keys().signedIn(null, idsOf(answer))) return true;
      // The cookie outlived the device key: nothing could be signed, so the person signs in again, as a new device.
      await session.json("DELETE", "/api/v1/sessions/current", null).catch(() => undefined);
      session.end();
      return false;
    },

    onSignedOut: (listener) => session.onSignedOut(listener),

    async signOut() {
      await session.json("DELETE", "/api/v1/sessions/current", null);
      session.end();
      await keys().signedOut();
    },

    changeNumber: (phone_change_id, request) => keys().changeNumber(phone_change_id, request),

    async leave(ended) {
      await (ended ? keys().forget() : keys().signedOut());
      session.end();
    },

    async forgetDevice() {
      await keys().forget();
      await session.json("DELETE", "/api/v1/sessions/current", null).catch(() => undefined);
      session.end();
    },
  };
}

type Password = "passwordWeakness" | "setPassword" | "changePassword" | "passwordStale" | "renewPassword" | "beginReset" | "finishReset" | "renewByReset" | "fingerprint" | "enableFingerprint" | "disableFingerprint";

function password({ keys, tracked }: Page): Pick<Phone, Password> {
  return {
    passwordWeakness,
    async setPassword(secret, facts, progress) {
      const weakness = passwordWeakness(secret, facts);
      if (weakness !== null) throw new PhoneError("password_weak", { weakness });
      await tracked(progress, (op) => keys().setPassword(op, secret));
    },
    async changePassword(present, next, facts, progress) {
      const weakness = passwordWeakness(next, facts);
      if (weakness !== null) throw new PhoneError("password_weak", { weakness });
      await tracked(progress, (op) => keys().changePassword(op, present, next));
    },
    passwordStale: () => keys().passwordStale(),
    renewPassword: (former, present, progress) => tracked(progress, (op) => keys().renewPassword(op, former, present)),
    beginReset: (code, faceCheckId) => keys().beginReset(code, faceCheckId),
    async finishReset(next, facts, progress) {
      const weakness = passwordWeakness(next, facts);
      if (weakness !== null) throw new PhoneError("password_weak", { weakness });
      return tracked(progress, (op) => keys().finishReset(op, next));
    },
    renewByReset: (present, progress) => tracked(progress, (op) => keys().renewByReset(op, present)),
    async fingerprint() {
      const [offered, record] = await Promise.all([fingerprintOffered(), keys().fingerprint()]);
      return { offered, enabled: record !== null };
    },
    async enableFingerprint(secret, progress) {
      await tracked(progress, (op) => keys().proveForFingerprint(op, secret));
      const salt = newSalt();
      const { credential_id, prf } = await makeCredential(salt);
      await keys().enableFingerprint(credential_id, salt, prf);
      prf.fill(0);
    },
    disableFingerprint: () => keys().disableFingerprint(),
  };
}

function enrolment({ keys, tracked, unlocked }: Page): Pick<Phone, "install" | "hasShare" | "storage" | "persist"> {
  return {
    async install({ holding_id, algorithm }, way, unlock, progress) {
      const how = await unlocked(unlock);
      await tracked(progress, (op) => keys().install(op, { holding_id, algorithm }, way, how));
    },
    hasShare: (holdingId) => keys().hasShare(holdingId),
    async storage() {
      const persisted = (await navigator.storage?.persisted?.()) ?? false;
      return { persisted, shares: await keys().shares(), in_app_browser: IN_APP.test(navigator.userAgent) };
    },
    persist: async () => (await navigator.storage?.persist?.()) ?? false,
  };
}

function scanning({ keys, tracked, unlocked }: Page, origin: string): Pick<Phone, "codeOf" | "confirm" | "confirmLogin" | "beginRun" | "endRun"> {
  return {
    codeOf: (text) => codeOf(text, origin),
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

interface Page {
  keys(): Remote<WorkerApi>;
  tracked<T>(progress: Progress | undefined, run: (op: number) => Promise<T>): Promise<T>;
  /** The touch of the sensor happens in the page; what it gives goes into the worker. */
  unlocked(unlock: Unlock): Promise<WorkerUnlock>;
}

/** Connects to the worker at the first use, and hands its progress to whoever waits. */
function pageSide(session: Session, make: () => Endpoint): Page {
  let remote: Remote<WorkerApi> | null = null;
  let last = 0;
  const listening = new Map<number, Progress>();
  const own: PageApi = {
    http: (method, path, body) => session.json(method, path, body),
    progress: async (op, step) => listening.get(op)?.(step),
  };
  const keys = (): Remote<WorkerApi> => (remote ??= connect<WorkerApi>(make(), own));
  const tracked: Page["tracked"] = async (progress, run) => {
    const op = ++last;
    if (progress) listening.set(op, progress);
    try {
      return await run(op);
    } finally {
      listening.delete(op);
    }
  };
  const unlocked: Page["unlocked"] = async (unlock) => {
    if (unlock.by !== "fingerprint") return unlock;
    const record = await keys().fingerprint();
    if (record === null) throw new PhoneError("fingerprint_failed", { reason: "not_enabled" });
    return { by: "fingerprint", prf: await askCredential(record.credential_id, record.salt) };
  };
  return { keys, tracked, unlocked };
}

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
