// The worker's side in this process, behind a real message channel, so that everything is cloned as on its way to a worker.
import type { Environment } from "../../src/worker/ports";
import type { Endpoint } from "../../src/worker/rpc";
import { serve } from "../../src/worker/serve";

export function inProcess(around: Partial<Environment>, database: string): { worker: () => Endpoint; close: () => void } {
  const { port1, port2 } = new MessageChannel();
  const close = (): void => [port1, port2].forEach((port) => port.close());
  const worker = (): Endpoint => {
    serve(port2 as unknown as Endpoint, around, database);
    port2.start();
    port1.start();
    return port1 as unknown as Endpoint;
  };
  return { worker, close };
}
