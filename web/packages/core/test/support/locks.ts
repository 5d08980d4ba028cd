// What `navigator.locks` does, for the tests: one holder a name, first come first served, and a signal that ends the waiting.
import type { Locks } from "../../src/worker/ports";

export function memoryLocks(): Locks {
  const tails = new Map<string, Promise<unknown>>();
  return {
    async request(name, { signal }, run) {
      const before = tails.get(name) ?? Promise.resolve();
      const aborted = new Promise<never>((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
      aborted.catch(() => undefined);
      const turn = Promise.race([before, aborted]);
      const running = turn.then(run);
      tails.set(name, Promise.allSettled([before, running]));
      return running;
    },
  };
}
