// Calls between page and worker, both ways, over anything with postMessage. Errors keep their code on the way.
import { PhoneError, ProblemError } from "../types";

export interface Endpoint {
  postMessage(message: unknown): void;
  addEventListener(type: "message", listener: (event: { data: unknown }) => void): void;
}

type Call = (...args: never[]) => Promise<unknown>;
export type Remote<T> = { [K in keyof T]: T[K] };

type Failure = { kind: "phone" | "problem" | "other"; code: string; status: number; params: Record<string, unknown> };
type Message = { id: number; call: string; args: unknown[] } | { id: number; value: unknown } | { id: number; failure: Failure };

function pack(error: unknown): Failure {
  if (error instanceof ProblemError) return { kind: "problem", code: error.code, status: error.status, params: error.params };
  if (error instanceof PhoneError) return { kind: "phone", code: error.code, status: 0, params: error.params };
  // Nothing of an unforeseen error is carried over, since its text could hold anything.
  return { kind: "other", code: error instanceof Error ? error.name : "unknown", status: 0, params: {} };
}

function unpack(failure: Failure): Error {
  if (failure.kind === "problem") return new ProblemError(failure.code, failure.status, failure.params);
  if (failure.kind === "phone") return new PhoneError(failure.code, failure.params);
  return new Error(`the worker failed: ${failure.code}`);
}

/** Serves `own` to the other side, and calls the other side's `Theirs`. */
export function connect<Theirs extends object>(endpoint: Endpoint, own: object): Remote<Theirs> {
  const waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  let last = 0;
  endpoint.addEventListener("message", ({ data }) => void receive(data as Message));

  async function receive(message: Message): Promise<void> {
    if ("call" in message) return serve(message.id, message.call, message.args);
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if ("failure" in message) caller?.reject(unpack(message.failure));
    else caller?.resolve(message.value);
  }

  async function serve(id: number, name: string, args: unknown[]): Promise<void> {
    try {
      const run = Object.hasOwn(own, name) ? ((own as Record<string, Call>)[name] ?? null) : null;
      if (run === null) throw new PhoneError("server_differs", { what: "call" });
      endpoint.postMessage({ id, value: await run(...(args as never[])) });
    } catch (error) {
      endpoint.postMessage({ id, failure: pack(error) });
    }
  }

  const remote = new Proxy({} as Remote<Theirs>, {
    get: (_, call) => (typeof call !== "string" || call === "then" ? undefined : (...args: unknown[]) => send(call, args)),
  });

  function send(call: string, args: unknown[]): Promise<unknown> {
    const id = ++last;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      endpoint.postMessage({ id, call, args });
    });
  }
  return remote;
}
