// Enrolment: this device makes its half, the certificate is issued (PROTOCOL section 7). It can be called again after any
// interruption: a finished signature whose answer was lost is sent again, anything earlier begins anew.
import { draw, fromB64u, toB64u, wipe, type Bytes } from "../bytes";
import { carries, requestInfo } from "../der";
import { installStatement, keygenContext, shareContext } from "../statement";
import { PhoneError, ProblemError, type Algorithm } from "../types";
import type { Device } from "./device";
import { textMember, withKey, type Environment, type Step } from "./ports";
import { resetKeyOf, wrapForReset } from "./reset";
import { keygen, sign } from "./signing";
import type { Pending } from "./store";
import type { Opened } from "./unlock";

export interface Enrolment {
  holding_id: string;
  algorithm: Algorithm;
  way: "install" | "reissue";
}

interface Begun {
  install_id: string;
  sid: Bytes;
  message: Bytes;
  subject: Bytes;
}

export function install(env: Environment, device: Device, what: Enrolment, unlock: () => Promise<Opened>, step: (step: Step) => void): Promise<void> {
  return withKey(env, `${device.ids.person_id}/${what.holding_id}`, async () => {
    const { pending } = await env.store.share(device.ids.person_id, what.holding_id);
    if (pending?.signature && (await finished(env, device, what, pending))) return;
    const opened = await unlock();
    try {
      await finish(env, device, what, await makeKey(env, device, what, opened, step));
    } finally {
      opened.done();
    }
  });
}

/** Sends a kept signature again; the server's refusal means that the enrolment is void. */
async function finished(env: Environment, device: Device, what: Enrolment, pending: Pending): Promise<boolean> {
  try {
    await finish(env, device, what, pending);
    return true;
  } catch (error) {
    if (error instanceof ProblemError) return false;
    throw error;
  }
}

async function makeKey(env: Environment, device: Device, what: Enrolment, opened: Opened, step: (step: Step) => void): Promise<Pending> {
  const resetKey = await resetKeyOf(env, device, opened.keys);
  step("making_key");
  const requestId = toB64u(draw(16));
  const generation = await keygen(what.algorithm, keygenContext(requestId, device.ids.device_id));
  step("waiting_server");
  const begun = await begin(env, device, what, opened, requestId, generation.commit);
  const { key, open } = await generation.finish(begun.message);
  step("signing");
  const spki = key.spki();
  const signing = sign(key, begun.sid, requestInfo(begun.subject, spki));
  const share = key.toBytes();
  const wrapped = await opened.keys.wrap(device.secret, shareContext(device.ids, what.holding_id), share);
  const reset = await wrapForReset(device, what.holding_id, resetKey, share);
  wipe(share);
  const pending: Pending = { algorithm: what.algorithm, wrapped, epoch: opened.keys.epoch, reset, install_id: begun.install_id, spki, signature: null };
  await keep(env, device, what, pending);
  const path = `/api/v1/installs/${begun.install_id}/key`;
  const answer = await env.http("POST", path, { message: toB64u(open), request: toB64u(signing.request) });
  const signature = signing.finish(fromB64u(textMember(answer, "message")) ?? new Uint8Array());
  const signed = { ...pending, signature };
  step("saving");
  await keep(env, device, what, signed);
  return signed;
}

function keep(env: Environment, device: Device, what: Enrolment, pending: Pending): Promise<void> {
  return env.store.changeShare(device.ids.person_id, what.holding_id, (old) => ({ ...old, pending }));
}

async function begin(env: Environment, device: Device, what: Enrolment, opened: Opened, requestId: string, commit: Bytes): Promise<Begun> {
  const counter = await device.nextCounter();
  const statement = installStatement({
    holding_id: what.holding_id,
    request_id: requestId,
    device_id: device.ids.device_id,
    message: commit,
    counter,
  });
  const body = {
    request_id: requestId,
    usage: "sign",
    message: toB64u(commit),
    counter,
    password_proof: toB64u(opened.keys.prove(statement)),
    device_signature: await device.sign(statement),
    encryption: null,
    ...(what.way === "reissue" ? { way: "reissue" } : {}),
  };
  const answer = await env.http("POST", `/api/v1/holdings/${what.holding_id}/installs`, body);
  const [sid, message, subject] = [fromB64u(textMember(answer, "sid"), 16), fromB64u(textMember(answer, "message")), fromB64u(textMember(answer, "subject"))];
  if (sid === null || message === null || subject === null) throw new PhoneError("server_differs", { what: "install" });
  return { install_id: textMember(answer, "install_id"), sid, message, subject };
}

/** Gets the certificate for the finished signature, and only then lets the new half take the old one's place. */
async function finish(env: Environment, device: Device, what: Enrolment, pending: Pending): Promise<void> {
  const path = `/api/v1/installs/${pending.install_id}/certificate`;
  const answer = await env.http("POST", path, { signature: toB64u(pending.signature ?? new Uint8Array()) });
  const certificate = fromB64u(textMember(answer, "certificate"));
  if (certificate === null || !carries(certificate, pending.spki)) throw new PhoneError("server_differs", { what: "certificate" });
  const { algorithm, wrapped, epoch, reset } = pending;
  const installed = { algorithm, wrapped, epoch, ...(reset && { reset }), certificate, installed_at_us: env.nowUs(), last_used_at_us: null };
  await env.store.changeShare(device.ids.person_id, what.holding_id, () => ({ installed, pending: null }));
}
