// The vectors that the Rust side makes and checks too.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Bytes, Draw } from "../src/bytes";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));

export function vectors<T>(path: string): T {
  return JSON.parse(readFileSync(ROOT + path, "utf8")) as T;
}

export function unhex(text: string): Bytes {
  return Uint8Array.from(Buffer.from(text, "hex"));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

/** Gives the recorded draws in order, and fails on one that was not recorded. */
export function replay(draws: string[]): Draw {
  const left = [...draws];
  return (length) => {
    const next = left.shift();
    if (next === undefined || next.length !== 2 * length) throw new Error("an unexpected draw");
    return unhex(next);
  };
}
