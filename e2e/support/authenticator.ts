// An authenticator as people carry one: reads the secret that a page shows and says the code of the moment (RFC 6238).
import { createHmac } from "node:crypto";

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const STEP_S = 30;

function bytes(secret: string): Buffer {
  let bits = "";
  for (const letter of secret.replace(/\s/g, "")) bits += LETTERS.indexOf(letter).toString(2).padStart(5, "0");
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
}

export class Authenticator {
  /** The step whose code was given last; no code serves twice. */
  private last = 0;

  constructor(private readonly secret: string) {}

  /** A code that has not been used. The server takes those of the neighbouring steps too, so one step ahead is soon enough. */
  async code(): Promise<string> {
    const now = (): number => Math.floor(Date.now() / 1000 / STEP_S);
    const step = Math.max(now(), this.last + 1);
    while (step > now() + 1) await new Promise((wake) => setTimeout(wake, 500));
    this.last = step;
    const count = Buffer.alloc(8);
    count.writeBigUInt64BE(BigInt(step));
    const digest = createHmac("sha1", bytes(this.secret)).update(count).digest();
    const at = (digest.at(-1) ?? 0) & 15;
    return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  }
}
