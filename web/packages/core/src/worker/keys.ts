// The worker's side of the facade: everything that touches a secret. Secrets come in and stay in.
import { toB64u, wipe, type Bytes } from "../bytes";
import { deviceStatement, passwordStatement } from "../statement";
import { scanView } from "../scan-view";
import { PhoneError } from "../types";
import { Confirmer, confirmLogin } from "./confirm";
import { accountOf, Device, makeDevice, signedIn, signWith } from "./device";
import { install } from "./install";
import type { Environment, PageApi, Step, WorkerApi, WorkerUnlock } from "./ports";
import { byFingerprint, byPassword, openShare, RUN_IDLE_MS, wrapForFingerprint, type Opened } from "./unlock";
import type { Unlocked } from "../cosign/unlocked";

/** What a verified password unlocked waits so long for the authenticator. */
const CANDIDATE_MS = 60_000;

type Proven = Awaited<ReturnType<typeof byPassword>>;

export function createKeys(env: Environment, progress: PageApi["progress"]): WorkerApi {
  let device: Device | null = null;
  let candidate: { proven: Proven; timer: ReturnType<typeof setTimeout> } | null = null;
  let run: { keys: Unlocked; timer: ReturnType<typeof setTimeout> } | null = null;
  const confirmer = new Confirmer(env);
  const reporter = (op: number) => (step: Step) => void progress(op, step).catch(() => undefined);

  function endRun(): void {
    if (run === null) return;
    clearTimeout(run.timer);
    run.keys.wipe();
    run = null;
  }

  function keepRun(keys: Unlocked): void {
    if (run?.keys !== keys) endRun();
    else clearTimeout(run.timer);
    run = { keys, timer: setTimeout(endRun, RUN_IDLE_MS) };
  }

  function dropCandidate(): void {
    if (candidate === null) return;
    clearTimeout(candidate.timer);
    wipe(candidate.proven.output);
    candidate.proven.keys.wipe();
    candidate = null;
  }

  function forgetSecrets(): void {
    endRun();
    dropCandidate();
    confirmer.abandon();
  }

  async function unlock(at: Device, how: WorkerUnlock, step: (step: Step) => void): Promise<Opened> {
    if (how.by === "run") {
      if (run === null) throw new PhoneError("run_ended");
      keepRun(run.keys);
      return { keys: run.keys, by: "run", attemptsLeft: null, done: () => undefined };
    }
    if (how.by === "password") {
      const { output, keys, attemptsLeft } = await byPassword(env, at.ids, how.password, "use", step);
      wipe(output);
      return { keys, by: "password", attemptsLeft, done: () => keys.wipe() };
    }
    step("unlocking");
    const record = await env.store.fingerprint(at.ids.person_id);
    if (record === undefined) throw new PhoneError("fingerprint_failed", { reason: "not_enabled" });
    const keys = await byFingerprint(at, record, how.prf);
    return { keys, by: "fingerprint", attemptsLeft: null, done: () => keys.wipe() };
  }

  /** Sets a first password, or shows that this is the one that is set: the server answers a repeat only for the same key. */
  async function putPassword(at: Device, proven: Proven): Promise<void> {
    const proof_public_key = toB64u(proven.keys.proofPublicKey());
    const statement = passwordStatement(at.ids, proven.keys.epoch, proof_public_key);
    const proof = toB64u(proven.keys.prove(statement));
    const device_signature = await at.sign(statement);
    await env.http("PUT", "/api/v1/password", { epoch: proven.keys.epoch, proof_public_key, proof, device_signature });
  }

  return {
    async signInKey(request) {
      const account = accountOf(request.area, request.number);
      const record = await env.store.device(account, () => makeDevice(account));
      const public_key = toB64u(record.public_key);
      const { area, number, code } = request;
      return { account, public_key, proof: await signWith(record, deviceStatement({ area, number, code, public_key })) };
    },

    async signedIn(account, ids) {
      forgetSecrets();
      device = null;
      const found =
        account === null ? await env.store.deviceById(ids.device_id) : await env.store.device(account, () => makeDevice(account));
      if (found === null) return false;
      if (found.ids?.device_id !== ids.device_id || found.ids.person_id !== ids.person_id) await env.store.putDevice({ ...found, ids });
      device = new Device({ ...found, ids }, ids, env.store, env.nowUs);
      return true;
    },

    async signedOut() {
      forgetSecrets();
      device = null;
    },

    async forget() {
      forgetSecrets();
      const at = signedIn(device);
      device = null;
      await env.store.forget(at.record);
    },

    async setPassword(op, password) {
      const at = signedIn(device);
      const proven = await byPassword(env, at.ids, password, "set", reporter(op));
      try {
        await putPassword(at, proven);
      } finally {
        wipe(proven.output);
        proven.keys.wipe();
      }
    },

    async fingerprint() {
      const record = await env.store.fingerprint(signedIn(device).ids.person_id);
      return record ? { credential_id: record.credential_id, salt: record.salt } : null;
    },

    async proveForFingerprint(op, password) {
      const at = signedIn(device);
      dropCandidate();
      const proven = await byPassword(env, at.ids, password, "use", reporter(op));
      await putPassword(at, proven).catch((error: unknown) => {
        wipe(proven.output);
        throw wrongWhen(error, "password_already_set", proven.attemptsLeft);
      });
      candidate = { proven, timer: setTimeout(dropCandidate, CANDIDATE_MS) };
    },

    async enableFingerprint(credential_id, salt, prf) {
      const at = signedIn(device);
      if (candidate === null) throw new PhoneError("fingerprint_failed", { reason: "too_late" });
      const { output, keys } = candidate.proven;
      const wrapped = await wrapForFingerprint(at, output, salt, prf);
      await env.store.putFingerprint(at.ids.person_id, { credential_id, salt, wrapped, epoch: keys.epoch });
      dropCandidate();
    },

    disableFingerprint: () => env.store.dropFingerprint(signedIn(device).ids.person_id),

    async install(op, holding, way, how) {
      const at = signedIn(device);
      const step = reporter(op);
      await install(env, at, { ...holding, way }, () => unlock(at, how, step), step);
    },

    async hasShare(holdingId) {
      return (await env.store.share(signedIn(device).ids.person_id, holdingId)).installed !== null;
    },

    async shares() {
      const all = await env.store.installed(signedIn(device).ids.person_id);
      return all.map(([holding_id, { algorithm, installed_at_us, last_used_at_us }]) => ({ holding_id, algorithm, installed_at_us, last_used_at_us }));
    },

    resumable: async (code) => confirmer.resumable(code),

    async confirm(op, view, how) {
      const at = signedIn(device);
      const step = reporter(op);
      return confirmer.confirm(at, scanView(view), () => unlock(at, how, step), step);
    },

    confirmLogin: async (view) => confirmLogin(env, signedIn(device), scanView(view)),

    async beginRun(how) {
      const at = signedIn(device);
      const opened = await unlock(at, how, () => undefined);
      // A share at hand tells a wrong password now instead of at the first code.
      const [first] = await env.store.installed(at.ids.person_id);
      const share: Bytes | null = first ? await openShare(at, first[0], first[1], opened) : null;
      wipe(share);
      keepRun(opened.keys);
    },

    async endRun() {
      endRun();
    },
  };
}

function wrongWhen(error: unknown, code: string, attempts_left: number): unknown {
  const is = error instanceof Error && (error as { code?: unknown }).code === code;
  return is ? new PhoneError("password_wrong", { attempts_left }, { cause: error }) : error;
}
