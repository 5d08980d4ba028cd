// The key under which a wish is sent: the same for repeats of the same wish, a new one when anything in it has changed.
import { idempotencyKey } from "@hulian/core";

export function createOnce(draw: () => string = idempotencyKey): (wish: unknown) => { "Idempotency-Key": string } {
  let last = { body: "", key: "" };
  return (wish) => {
    const body = JSON.stringify(wish);
    if (body !== last.body) last = { body, key: draw() };
    return { "Idempotency-Key": last.key };
  };
}
