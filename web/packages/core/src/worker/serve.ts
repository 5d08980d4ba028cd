// Puts the keys behind an endpoint: the worker's own, or a port in tests.
import { createKeys } from "./keys";
import type { Environment, PageApi, WorkerApi } from "./ports";
import { connect, type Endpoint } from "./rpc";
import { Store } from "./store";

const LOCK_WAIT_MS = 8_000;

export function serve(endpoint: Endpoint, around: Partial<Environment> = {}, database?: string): void {
  const opening = around.store ? Promise.resolve(around.store) : Store.open(database);
  const page: PageApi = {
    http: (...args) => remote.http(...args),
    progress: (...args) => remote.progress(...args),
  };
  const keys = opening.then((store) =>
    createKeys(
      {
        http: page.http,
        locks: around.locks ?? (navigator.locks as Environment["locks"]),
        nowUs: around.nowUs ?? (() => Date.now() * 1000),
        lockWaitMs: around.lockWaitMs ?? LOCK_WAIT_MS,
        store,
      },
      page.progress,
    ),
  );
  // A storage that does not open is told to every caller, not to the console.
  keys.catch(() => undefined);
  // As a record, so that a call that is missing here does not compile.
  const served: Record<keyof WorkerApi, true> = {
    signInKey: true, signedIn: true, signedOut: true, forget: true, changeNumber: true, setPassword: true, changePassword: true, beginReset: true, finishReset: true, renewByReset: true,
    passwordStale: true, renewPassword: true, fingerprint: true, proveForFingerprint: true, enableFingerprint: true,
    disableFingerprint: true, install: true, hasShare: true, shares: true, resumable: true, confirm: true, confirmLogin: true,
    beginRun: true, endRun: true,
  };
  const names = Object.keys(served) as (keyof WorkerApi)[];
  const call = (name: keyof WorkerApi) => async (...args: never[]) => ((await keys)[name] as (...args: never[]) => Promise<unknown>).apply(await keys, args);
  const remote = connect<PageApi>(endpoint, Object.fromEntries(names.map((name) => [name, call(name)])));
}
