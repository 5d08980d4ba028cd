// A changed password: the halves that rest here are wrapped anew. The server decides which password holds, so both wrappings
// rest side by side until it has answered; a device that was not there at the change asks for the former password once.
import { toB64u, wipe, type Bytes } from "../bytes";
import type { Unlocked } from "../cosign/unlocked";
import { passwordProofStatement, passwordStatement, shareContext } from "../statement";
import type { Device } from "./device";
import type { Environment, Step } from "./ports";
import type { Installed } from "./store";
import { byPassword, openShare, wrappedUnder } from "./unlock";

export type Proven = Awaited<ReturnType<typeof byPassword>>;

/** Both passwords prove themselves over one statement. A present one that is wrong shows before anything is made where a half rests here. */
export async function changePassword(env: Environment, device: Device, present: string, next: string, step: (step: Step) => void): Promise<void> {
  const old = await byPassword(env, device.ids, present, "use", step);
  try {
    const halves = await open(env, device, old);
    const fresh = await byPassword(env, device.ids, next, "change", step).catch((error: unknown) => {
      for (const half of halves.values()) wipe(half);
      throw error;
    });
    try {
      step("saving");
      for (const [holdingId, half] of halves) await addWrapping(env, device, holdingId, half, old.keys.epoch, fresh.keys);
      await send(env, device, old.keys, fresh.keys);
      for (const holdingId of halves.keys()) await settle(env, device, holdingId, fresh.keys.epoch);
    } finally {
      for (const half of halves.values()) wipe(half);
      forget(fresh);
    }
  } finally {
    forget(old);
  }
}

/** Shows the server that the present password is known; it forgets the tries so far. */
export async function prove(env: Environment, device: Device, keys: Unlocked): Promise<void> {
  const counter = await device.nextCounter();
  const statement = passwordProofStatement(device.ids, counter);
  const [password_proof, device_signature] = [toB64u(keys.prove(statement)), await device.sign(statement)];
  await env.http("POST", "/api/v1/password/proofs", { counter, password_proof, device_signature });
}

/** Whether anything here is wrapped under a password that is no longer the one in force. */
export async function isStale(env: Environment, device: Device, epoch: number): Promise<boolean> {
  return (await env.store.installed(device.ids.person_id)).some(([, share]) => wrappedUnder(share, epoch) === null);
}

/** `present` has been shown to be right. A former password is evaluated once an epoch: each time is a counted try. */
export async function renew(env: Environment, device: Device, former: string, present: Unlocked, step: (step: Step) => void): Promise<void> {
  const held = await env.store.installed(device.ids.person_id);
  const epochs = new Set(held.filter(([, share]) => wrappedUnder(share, present.epoch) === null).map(([, share]) => share.epoch));
  for (const epoch of epochs) {
    const old = await byPassword(env, device.ids, former, "use", step, { epoch });
    try {
      for (const [holdingId, half] of await open(env, device, old)) {
        await addWrapping(env, device, holdingId, half, epoch, present);
        wipe(half);
      }
    } finally {
      forget(old);
    }
  }
  for (const [holdingId] of held) await settle(env, device, holdingId, present.epoch);
}

/** The halves that a password opens. */
async function open(env: Environment, device: Device, proven: Proven): Promise<Map<string, Bytes>> {
  const opened = { keys: proven.keys, by: "password", attemptsLeft: proven.attemptsLeft, done: () => undefined } as const;
  const halves = new Map<string, Bytes>();
  for (const [holdingId, share] of await env.store.installed(device.ids.person_id)) {
    if (wrappedUnder(share, proven.keys.epoch) !== null) halves.set(holdingId, await openShare(device, holdingId, share, opened));
  }
  return halves;
}

/** Puts a second wrapping beside the one that holds. A half that was replaced meanwhile is left alone. */
export async function addWrapping(env: Environment, device: Device, holdingId: string, half: Bytes, epoch: number, keys: Unlocked): Promise<void> {
  const next = { wrapped: await keys.wrap(device.secret, shareContext(device.ids, holdingId), half), epoch: keys.epoch };
  await change(env, device, holdingId, (now) => {
    const wrapped = wrappedUnder(now, epoch);
    return wrapped === null ? now : { ...now, wrapped, epoch, next };
  });
}

/** The second wrapping becomes the only one. */
export function settle(env: Environment, device: Device, holdingId: string, epoch: number): Promise<void> {
  return change(env, device, holdingId, ({ next, ...now }) => (next?.epoch === epoch ? { ...now, ...next } : next ? { ...now, next } : now));
}

function change(env: Environment, device: Device, holdingId: string, how: (now: Installed) => Installed): Promise<void> {
  return env.store.changeShare(device.ids.person_id, holdingId, (old) => (old.installed ? { ...old, installed: how(old.installed) } : old));
}

async function send(env: Environment, device: Device, old: Unlocked, fresh: Unlocked): Promise<void> {
  const proof_public_key = toB64u(fresh.proofPublicKey());
  const statement = passwordStatement(device.ids, fresh.epoch, proof_public_key);
  await env.http("POST", "/api/v1/password/changes", {
    epoch: fresh.epoch,
    proof_public_key,
    proof: toB64u(fresh.prove(statement)),
    present_proof: toB64u(old.prove(statement)),
    device_signature: await device.sign(statement),
  });
}

export function forget({ output, keys }: Proven): void {
  wipe(output);
  keys.wipe();
}
