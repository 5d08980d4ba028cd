// Confirm and finish: the phone signs what it shows (PROTOCOL section 9). What is signed is built here from the view, and
// the server's answer and the finished signature are checked before anything leaves.
import { equal, fromB64u, toB64u, type Bytes } from "../bytes";
import { sm3 } from "../cosign/sm3";
import type { Signing } from "../cosign/sm2";
import { certificateSpki, signedAttributes } from "../der";
import { digestShort, sha256 } from "../digest";
import type { Prepared, ScanView } from "../scan-view";
import { confirmStatement, loginStatement, unsealStatement } from "../statement";
import { PhoneError, ProblemError, type Algorithm } from "../types";
import type { Device } from "./device";
import { textMember, withKey, type Environment, type Step } from "./ports";
import { readKey, sign } from "./signing";
import type { Installed } from "./store";
import { openShare, type Opened } from "./unlock";

function differs(what: string): never {
  throw new PhoneError("server_differs", { what });
}

/** What is signed, after every check that needs no key. */
interface Checked {
  prepared: Prepared;
  holding_id: string;
  share: Installed;
  sid: Bytes;
  digest: Bytes;
  attributes: Bytes;
}

/** The digest that is signed: the document's as the tool states it, or that of the statement that this phone makes itself. */
function digestOf(view: ScanView, prepared: Prepared, algorithm: Algorithm): Bytes {
  const stated = fromB64u(prepared.digest, 32) ?? differs("digest");
  if (prepared.digest_short !== digestShort(stated)) differs("digest_short");
  if (view.kind !== "unseal") return prepared.unseal === null ? stated : differs("unseal");
  const statement = unsealStatement(view.code, prepared) ?? differs("unseal");
  if (prepared.marks.length > 0) differs("marks");
  const own = algorithm === "sm2" ? sm3(statement) : sha256(statement);
  return equal(own, stated) ? own : differs("digest");
}

/** The certificate that the server names must be the one that this device enrolled. */
export async function check(env: Environment, device: Device, view: ScanView): Promise<Checked> {
  const { chosen, prepared } = view;
  if (view.kind === "login" || !chosen || !prepared || chosen.holding_id === null) differs("nothing is prepared");
  const { installed } = await env.store.share(device.ids.person_id, chosen.holding_id);
  if (installed === null) throw new PhoneError("no_share", { holding_id: chosen.holding_id });
  if (toB64u(installed.certificate) !== chosen.certificate || installed.algorithm !== chosen.algorithm) differs("certificate");
  const sid = fromB64u(view.code, 16) ?? differs("code");
  const digest = digestOf(view, prepared, installed.algorithm);
  const attributes = signedAttributes(installed.algorithm, digest, installed.certificate);
  return { prepared, holding_id: chosen.holding_id, share: installed, sid, digest, attributes };
}

/** A confirm that has been sent, or is about to be: it can only be repeated byte for byte. */
interface InFlight {
  key: string;
  body: Record<string, unknown>;
  signing: Signing;
  signature: Bytes | null;
}

/** Refusals after which the same signature may still be brought. */
const REPEATABLE = new Set(["timestamp_unavailable", "rate_limited", "unauthenticated"]);

export class Confirmer {
  /** By code. Lives as long as the worker: whoever reloads the page lets the session run out. */
  private readonly inFlight = new Map<string, InFlight>();

  constructor(private readonly env: Environment) {}

  resumable(code: string): boolean {
    return this.inFlight.has(code);
  }

  abandon(): void {
    this.inFlight.clear();
  }

  /** Signs the prepared session; a session whose answer was lost is resumed without a new unlock. Answers the operation's id. */
  async confirm(device: Device, view: ScanView, unlock: () => Promise<Opened>, step: (step: Step) => void): Promise<string> {
    const checked = await check(this.env, device, view);
    const key = `${device.ids.person_id}/${checked.holding_id}`;
    return withKey(this.env, key, async () => {
      const flight = this.inFlight.get(view.code) ?? (await this.start(device, view, checked, key, unlock, step));
      try {
        return await this.complete(device, view.code, checked, flight, step);
      } catch (error) {
        if (!isRepeatable(error)) this.inFlight.delete(view.code);
        throw error;
      }
    });
  }

  private async start(device: Device, view: ScanView, checked: Checked, key: string, unlock: () => Promise<Opened>, step: (step: Step) => void): Promise<InFlight> {
    // One nonce of a key at a time: what was begun before for this key can no longer be finished.
    for (const [code, other] of this.inFlight) if (other.key === key) this.inFlight.delete(code);
    const opened = await unlock();
    try {
      const share = readKey(checked.share.algorithm, await openShare(device, checked.holding_id, checked.share, opened));
      if (!equal(share.spki(), certificateSpki(checked.share.certificate))) differs("certificate");
      step("signing");
      const signing = sign(share, checked.sid, checked.attributes);
      const body = await this.body(device, view, checked, signing.request, opened);
      const flight: InFlight = { key, body, signing, signature: null };
      this.inFlight.set(view.code, flight);
      return flight;
    } finally {
      opened.done();
    }
  }

  private async body(device: Device, view: ScanView, checked: Checked, message: Bytes, opened: Opened): Promise<Record<string, unknown>> {
    const counter = await device.nextCounter();
    const { prepared, holding_id, digest, attributes, share } = checked;
    const statement = confirmStatement({ view, prepared, device: device.ids, holding_id, certificate: share.certificate, digest, attributes, message, counter });
    return {
      message: toB64u(message),
      counter,
      password_proof: toB64u(opened.keys.prove(statement)),
      device_signature: await device.sign(statement),
    };
  }

  private async complete(device: Device, code: string, checked: Checked, flight: InFlight, step: (step: Step) => void): Promise<string> {
    if (flight.signature === null) {
      step("waiting_server");
      const answer = await this.env.http("POST", `/api/v1/scans/${code}/confirm`, flight.body);
      step("verifying");
      flight.signature = flight.signing.finish(fromB64u(textMember(answer, "message")) ?? new Uint8Array());
    }
    step("saving");
    const done = await this.env.http("POST", `/api/v1/scans/${code}/finish`, { signature: toB64u(flight.signature) });
    this.inFlight.delete(code);
    await this.env.store.changeShare(device.ids.person_id, checked.holding_id, (old) =>
      old.installed ? { ...old, installed: { ...old.installed, last_used_at_us: this.env.nowUs() } } : old,
    );
    return textMember(done, "operation_id");
  }
}

/** Lost answers and passing refusals; whatever else happened, this nonce is done with. */
function isRepeatable(error: unknown): boolean {
  if (error instanceof PhoneError) return error.code === "offline" || error.code === "not_signed_in";
  return error instanceof ProblemError && (error.status === 503 || REPEATABLE.has(error.code));
}

/** A login for which no certificate is asked: the device key alone (SCAN-3). */
export async function confirmLogin(env: Environment, device: Device, view: ScanView): Promise<string> {
  if (view.kind !== "login" || view.state !== "ready") differs("kind");
  const counter = await device.nextCounter();
  const device_signature = await device.sign(loginStatement(view, device.ids, counter));
  const done = await env.http("POST", `/api/v1/scans/${view.code}/confirm-login`, { counter, device_signature });
  return textMember(done, "operation_id");
}
