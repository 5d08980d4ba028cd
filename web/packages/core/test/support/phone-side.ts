// What the worker stands on in a test: a store of its own, and a server that answers it truly.
import type { Bytes } from "../../src/bytes";
import type { Environment } from "../../src/worker/ports";
import { Store } from "../../src/worker/store";
import { FakeServer } from "./fake-server";
import { memoryLocks } from "./locks";
import { sm2Half } from "./server-half";

export async function phoneSide(name: string): Promise<{ server: FakeServer; store: Store; env: Environment }> {
  const server = new FakeServer(sm2Half());
  const store = await Store.open(name);
  const env = { store, http: server.http, locks: memoryLocks(), nowUs: () => 1_000, lockWaitMs: 50 };
  // The pending half knows the joint key before the server has been asked for the certificate.
  let spki: Bytes = new Uint8Array();
  const change = store.changeShare.bind(store);
  store.changeShare = (person, holding, next) => change(person, holding, (old) => {
    const made = next(old);
    spki = made.pending?.spki ?? spki;
    return made;
  });
  server.spki = () => spki;
  return { server, store, env };
}
