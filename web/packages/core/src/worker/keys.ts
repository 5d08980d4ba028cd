// The worker's side of the facade: everything that touches a secret. Secrets come in and stay in.
import { toB64u, wipe, type Bytes } from "../bytes";
import { deviceStatement, passwordStatement, type Device as Ids } from "../statement";
import { scanView } from "../scan-view";
import { PhoneError, type StorageState } from "../types";
import type { Confirmer } from "./confirm";
import { accountOf, Device, makeDevice, signedIn, signWith } from "./device";
import type { Enrolment } from "./install";
import { Kept } from "./kept";
import { member, numberMember, textMember, type Environment, type PageApi, type SignInRequest, type Step, type WorkerApi, type WorkerUnlock } from "./ports";
import type { Reset } from "./forgotten";
import type { byPassword, Opened } from "./unlock";
import type { Unlocked } from "../cosign/unlocked";

/** What a verified password unlocked waits so long for the authenticator. */
const CANDIDATE_MS = 60_000;
/** As long as the server waits for the new password. */
const RESET_MS = 10 * 60 * 1000;
/** A continuous run ends by itself when nothing was signed for so long. */
const RUN_IDLE_MS = 5 * 60 * 1000;
/** When the arithmetic is fetched without being asked for, so that a confirmation need not wait for it. */
const WARM_MS = 3_000;

const arithmetic = () => import("./arithmetic");
type Proven = Awaited<ReturnType<typeof byPassword>>;

export function createKeys(env: Environment, progress: PageApi["progress"]): WorkerApi {
  return new Keys(env, progress);
}

class Keys implements WorkerApi {
  private device: Device | null = null;
  private readonly candidate = new Kept<Proven>(CANDIDATE_MS, ({ output, keys }) => {
    wipe(output);
    keys.wipe();
  });
  private readonly run = new Kept<Unlocked>(RUN_IDLE_MS, (keys) => keys.wipe());
  /** Its key is text, which cannot be overwritten. */
  private readonly reset = new Kept<Reset>(RESET_MS, () => undefined);
  private made: Confirmer | null = null;

  constructor(
    private readonly env: Environment,
    private readonly progress: PageApi["progress"],
  ) {
    setTimeout(() => void arithmetic().catch(() => undefined), WARM_MS);
  }

  private async confirmer(): Promise<Confirmer> {
    const { Confirmer } = await arithmetic();
    return (this.made ??= new Confirmer(this.env));
  }

  async signInKey(request: SignInRequest): Promise<{ account: string; public_key: string; proof: string }> {
    const { area, number, code } = request;
    const account = accountOf(area, number);
    const record = await this.env.store.device(account, () => makeDevice(account));
    const public_key = toB64u(record.public_key);
    return { account, public_key, proof: await signWith(record, deviceStatement({ area, number, code, public_key })) };
  }

  async signedIn(account: string | null, ids: Ids): Promise<boolean> {
    await this.signedOut();
    const { store, nowUs } = this.env;
    const found = account === null ? await store.deviceById(ids.device_id) : await store.device(account, () => makeDevice(account));
    if (found === null) return false;
    if (found.ids?.device_id !== ids.device_id || found.ids.person_id !== ids.person_id) await store.putDevice({ ...found, ids });
    this.device = new Device({ ...found, ids }, ids, store, nowUs);
    return true;
  }

  /**
   * A sign-in finds its device by the number. So the record stands under both numbers until the server has answered: whatever
   * gets lost in between, the next sign-in finds the keys, by the old number or by the new one.
   */
  async changeNumber(changeId: string, request: SignInRequest): Promise<string> {
    const { store, http, nowUs } = this.env;
    const { record, ids } = signedIn(this.device);
    const account = accountOf(request.area, request.number);
    const former = await store.findDevice(account);
    const moved = { ...record, account };
    await store.putDevice(moved);
    let answer: unknown;
    try {
      answer = await http("PUT", `/api/v1/account/phone-changes/${changeId}`, request);
    } catch (error) {
      const refused = error instanceof Error && (error as { code?: unknown }).code !== "offline";
      if (refused) await (former ? store.putDevice(former) : store.dropDevice(account));
      throw error;
    }
    await store.dropDevice(record.account);
    this.device = new Device(moved, ids, store, nowUs);
    return textMember(answer, "phone_masked");
  }

  async signedOut(): Promise<void> {
    this.run.drop();
    this.candidate.drop();
    this.reset.drop();
    this.made?.abandon();
    this.device = null;
  }

  async forget(): Promise<void> {
    const at = signedIn(this.device);
    await this.signedOut();
    await this.env.store.forget(at.record);
  }

  async setPassword(op: number, password: string): Promise<void> {
    const at = signedIn(this.device);
    const proven = await (await arithmetic()).byPassword(this.env, at.ids, password, "set", this.reporter(op));
    try {
      await this.putPassword(at, proven);
    } finally {
      wipe(proven.output);
      proven.keys.wipe();
    }
  }

  async changePassword(op: number, present: string, next: string): Promise<void> {
    const at = signedIn(this.device);
    this.run.drop();
    this.candidate.drop();
    await (await arithmetic()).changePassword(this.env, at, present, next, this.reporter(op));
    // What the finger opens is the former password's.
    await this.env.store.dropFingerprint(at.ids.person_id);
  }

  async passwordStale(): Promise<boolean> {
    const at = signedIn(this.device);
    const state = await this.env.http("GET", "/api/v1/password", null);
    if (member(state, "set") !== true) return false;
    return (await arithmetic()).isStale(this.env, at, numberMember(state, "epoch"));
  }

  async renewPassword(op: number, former: string, present: string): Promise<void> {
    const at = signedIn(this.device);
    const step = this.reporter(op);
    const { byPassword, prove, renew } = await arithmetic();
    const proven = await byPassword(this.env, at.ids, present, "use", step);
    try {
      // Every password that follows is a counted try, so the ones before are settled first.
      await prove(this.env, at, proven.keys);
      await renew(this.env, at, former, proven.keys, step);
      const finger = await this.env.store.fingerprint(at.ids.person_id);
      if (finger && finger.epoch !== proven.keys.epoch) await this.env.store.dropFingerprint(at.ids.person_id);
    } finally {
      wipe(proven.output);
      proven.keys.wipe();
    }
  }

  async beginReset(code: string, faceCheckId: string | null): Promise<void> {
    const at = signedIn(this.device);
    this.reset.drop();
    const reset = await (await arithmetic()).beginReset(this.env, at, code, faceCheckId);
    this.reset.keep(reset);
  }

  async finishReset(op: number, next: string): Promise<string[]> {
    const at = signedIn(this.device);
    this.run.drop();
    this.candidate.drop();
    return this.endReset(at, async (reset) => (await arithmetic()).finishReset(this.env, at, reset, next, this.reporter(op)));
  }

  async renewByReset(op: number, present: string): Promise<string[]> {
    const at = signedIn(this.device);
    return this.endReset(at, async (reset) => (await arithmetic()).renewByReset(this.env, at, reset, present, this.reporter(op)));
  }

  async fingerprint(): Promise<{ credential_id: Bytes; salt: Bytes } | null> {
    const record = await this.env.store.fingerprint(signedIn(this.device).ids.person_id);
    return record ? { credential_id: record.credential_id, salt: record.salt } : null;
  }

  async proveForFingerprint(op: number, password: string): Promise<void> {
    const at = signedIn(this.device);
    this.candidate.drop();
    const proven = await (await arithmetic()).byPassword(this.env, at.ids, password, "use", this.reporter(op));
    await this.putPassword(at, proven).catch((error: unknown) => {
      wipe(proven.output);
      proven.keys.wipe();
      throw wrongWhen(error, "password_already_set", proven.attemptsLeft);
    });
    this.candidate.keep(proven);
  }

  async enableFingerprint(credential_id: Bytes, salt: Bytes, prf: Bytes): Promise<void> {
    const at = signedIn(this.device);
    if (this.candidate.value === null) throw new PhoneError("fingerprint_failed", { reason: "too_late" });
    const { output, keys } = this.candidate.value;
    const wrapped = await (await arithmetic()).wrapForFingerprint(at, output, salt, prf);
    await this.env.store.putFingerprint(at.ids.person_id, { credential_id, salt, wrapped, epoch: keys.epoch });
    this.candidate.drop();
  }

  async disableFingerprint(): Promise<void> {
    await this.env.store.dropFingerprint(signedIn(this.device).ids.person_id);
  }

  async install(op: number, holding: Omit<Enrolment, "way">, way: Enrolment["way"], how: WorkerUnlock): Promise<void> {
    const at = signedIn(this.device);
    const step = this.reporter(op);
    await (await arithmetic()).install(this.env, at, { ...holding, way }, () => this.unlock(at, how, step), step);
  }

  async hasShare(holdingId: string): Promise<boolean> {
    return (await this.env.store.share(signedIn(this.device).ids.person_id, holdingId)).installed !== null;
  }

  async shares(): Promise<StorageState["shares"]> {
    const all = await this.env.store.installed(signedIn(this.device).ids.person_id);
    return all.map(([holding_id, { algorithm, installed_at_us, last_used_at_us }]) => ({ holding_id, algorithm, installed_at_us, last_used_at_us }));
  }

  async resumable(code: string): Promise<boolean> {
    return this.made?.resumable(code) ?? false;
  }

  async confirm(op: number, view: unknown, how: WorkerUnlock): Promise<string> {
    const at = signedIn(this.device);
    const step = this.reporter(op);
    return (await this.confirmer()).confirm(at, scanView(view), () => this.unlock(at, how, step), step);
  }

  async confirmLogin(view: unknown): Promise<string> {
    return (await arithmetic()).confirmLogin(this.env, signedIn(this.device), scanView(view));
  }

  async beginRun(how: WorkerUnlock): Promise<void> {
    const at = signedIn(this.device);
    const opened = await this.unlock(at, how, () => undefined);
    // A share at hand tells a wrong password now instead of at the first code.
    const [first] = await this.env.store.installed(at.ids.person_id);
    if (first) wipe(await (await arithmetic()).openShare(at, first[0], first[1], opened));
    this.run.keep(opened.keys);
  }

  async endRun(): Promise<void> {
    this.run.drop();
  }

  private async unlock(at: Device, how: WorkerUnlock, step: (step: Step) => void): Promise<Opened> {
    if (how.by === "run") {
      const keys = this.run.value;
      if (keys === null) throw new PhoneError("run_ended");
      this.run.keep(keys);
      return { keys, by: "run", attemptsLeft: null, done: () => undefined };
    }
    if (how.by === "password") {
      const { output, keys, attemptsLeft } = await (await arithmetic()).byPassword(this.env, at.ids, how.password, "use", step);
      wipe(output);
      return { keys, by: "password", attemptsLeft, done: () => keys.wipe() };
    }
    step("unlocking");
    const record = await this.env.store.fingerprint(at.ids.person_id);
    if (record === undefined) throw new PhoneError("fingerprint_failed", { reason: "not_enabled" });
    const keys = await (await arithmetic()).byFingerprint(at, record, how.prf);
    return { keys, by: "fingerprint", attemptsLeft: null, done: () => keys.wipe() };
  }

  /** Sets a first password, or shows that this is the one that is set: the server answers a repeat only for the same key. */
  private async putPassword(at: Device, proven: Proven): Promise<void> {
    const proof_public_key = toB64u(proven.keys.proofPublicKey());
    const statement = passwordStatement(at.ids, proven.keys.epoch, proof_public_key);
    const proof = toB64u(proven.keys.prove(statement));
    const device_signature = await at.sign(statement);
    await this.env.http("PUT", "/api/v1/password", { epoch: proven.keys.epoch, proof_public_key, proof, device_signature });
  }

  /** What the finger opens is the former password's, so it goes with it. */
  private async endReset(at: Device, end: (reset: Reset) => Promise<string[]>): Promise<string[]> {
    if (this.reset.value === null) throw new PhoneError("reset_ended");
    const lost = await end(this.reset.value);
    this.reset.drop();
    await this.env.store.dropFingerprint(at.ids.person_id);
    return lost;
  }

  private reporter(op: number): (step: Step) => void {
    return (step) => void this.progress(op, step).catch(() => undefined);
  }
}

function wrongWhen(error: unknown, code: string, attempts_left: number): unknown {
  const is = error instanceof Error && (error as { code?: unknown }).code === code;
  return is ? new PhoneError("password_wrong", { attempts_left }, { cause: error }) : error;
}
