// A forgotten password (PWD-4): the code brings back the reset key, which opens the halves that rest here; then they are wrapped anew,
// under another password and another reset key. As with a change, both wrappings rest side by side until the server has answered.
import { toB64u, wipe, type Bytes } from "../bytes";
import type { Unlocked } from "../cosign/unlocked";
import { passwordResetDoneStatement, passwordResetStatement, shareContext } from "../statement";
import type { Device } from "./device";
import { member, numberMember, textMember, type Environment, type Step } from "./ports";
import { makeResetKey, openForReset, putResetKey, wrapForReset, type ResetKey } from "./reset";
import { forget, prove, settle, type Proven } from "./rewrap";
import { byPassword } from "./unlock";

/** A reset that waits for its password. `key` is null where nothing rests here. */
export interface Reset {
  id: string;
  key: ResetKey | null;
}

export async function beginReset(env: Environment, device: Device, code: string, face_check_id: string | null): Promise<Reset> {
  const device_signature = await device.sign(passwordResetStatement(device.ids, code));
  const face = face_check_id === null ? {} : { face_check_id };
  const answer = await env.http("POST", "/api/v1/password/resets", { code, device_signature, ...face });
  const key = member(answer, "reset_key");
  return {
    id: textMember(answer, "password_reset_id"),
    key: key === null ? null : { public_key: textMember(key, "public_key"), private_key: textMember(key, "private_key") },
  };
}

/** Sets the password that takes the forgotten one's place. Answers the holdings whose halves did not open: these are reissued. */
export async function finishReset(env: Environment, device: Device, reset: Reset, next: string, step: (step: Step) => void): Promise<string[]> {
  const present = numberMember(await env.http("GET", "/api/v1/password", null), "epoch");
  const fresh = await byPassword(env, device.ids, next, "reset", step, { password_reset_id: reset.id });
  try {
    step("saving");
    const reset_key = makeResetKey();
    const lost = await rewrap(env, device, reset, { keys: fresh.keys, present, public_key: reset_key.public_key });
    await send(env, device, reset, fresh, reset_key);
    await settleAll(env, device, fresh.keys);
    return lost;
  } finally {
    forget(fresh);
  }
}

/** The same for who knows the present password, which was set on another device, and has forgotten the one of before. */
export async function renewByReset(env: Environment, device: Device, reset: Reset, present: string, step: (step: Step) => void): Promise<string[]> {
  const known = await byPassword(env, device.ids, present, "use", step);
  try {
    // A wrong one shows here, before anything is wrapped.
    await prove(env, device, known.keys);
    step("saving");
    const reset_key = makeResetKey();
    const lost = await rewrap(env, device, reset, { keys: known.keys, present: known.keys.epoch, public_key: reset_key.public_key });
    await putResetKey(env, device, known.keys, reset_key);
    await settleAll(env, device, known.keys);
    return lost;
  } finally {
    forget(known);
  }
}

interface Anew {
  keys: Unlocked;
  /** The epoch that is in force until the server has answered. */
  present: number;
  public_key: string;
}

/** Opens what the reset key opens and puts another wrapping beside the one that holds. */
async function rewrap(env: Environment, device: Device, reset: Reset, anew: Anew): Promise<string[]> {
  const lost: string[] = [];
  for (const [holdingId, share] of await env.store.installed(device.ids.person_id)) {
    const half = reset.key && (await openForReset(device, holdingId, share, reset.key));
    if (half === null) {
      lost.push(holdingId);
      continue;
    }
    const next = await wrapped(device, holdingId, half, anew);
    wipe(half);
    await env.store.changeShare(device.ids.person_id, holdingId, (old) => {
      // A half that was replaced meanwhile is left alone.
      const now = old.installed;
      if (now === null || now.installed_at_us !== share.installed_at_us) return old;
      const held = now.next?.epoch === anew.present ? { ...now, ...now.next } : now;
      return { ...old, installed: { ...held, next } };
    });
  }
  return lost;
}

async function wrapped(device: Device, holdingId: string, half: Bytes, { keys, public_key }: Anew) {
  const context = shareContext(device.ids, holdingId);
  const [own, reset] = await Promise.all([keys.wrap(device.secret, context, half), wrapForReset(device, holdingId, public_key, half)]);
  return { wrapped: own, epoch: keys.epoch, reset };
}

async function send(env: Environment, device: Device, reset: Reset, fresh: Proven, reset_key: ResetKey): Promise<void> {
  const { epoch } = fresh.keys;
  const proof_public_key = toB64u(fresh.keys.proofPublicKey());
  const of = { password_reset_id: reset.id, epoch, proof_public_key, reset_public_key: reset_key.public_key };
  const statement = passwordResetDoneStatement(device.ids, of);
  const [proof, device_signature] = [toB64u(fresh.keys.prove(statement)), await device.sign(statement)];
  await env.http("PUT", `/api/v1/password/resets/${reset.id}`, { epoch, proof_public_key, reset_key, proof, device_signature });
}

async function settleAll(env: Environment, device: Device, keys: Unlocked): Promise<void> {
  for (const [holdingId] of await env.store.installed(device.ids.person_id)) await settle(env, device, holdingId, keys.epoch);
}
