// An operator behind the app, without the console's page: made by the command line, signed in with password and one-time code,
// as `docs/PROTOCOL.md` has it.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { BINARY } from "./program.ts";
import type { Server } from "./system.ts";

const PASSWORD = "a staple for the battery";

export interface Case {
  case_id: string;
  kind: string;
}

export class Operator {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async make(server: Server, name: string, role: string): Promise<Operator> {
    const told = execFileSync(BINARY, ["admin", "create", "--name", name, "--role", role, "--data", server.folder, "--public-url", server.publicUrl, "--phone-url", server.phoneUrl], { encoding: "utf8" });
    const password = /password\s+(\S+)/.exec(told)?.[1] ?? "";
    const sent = async (path: string, body: object) => (await send(server, "POST", `/operator/${path}`, body, "")) as Record<string, string>;
    const first = await sent("sign-in", { name, password });
    const chosen = await sent("sign-in/password", { ticket: first["ticket"], password: PASSWORD });
    const session = await sent("sessions", { ticket: chosen["ticket"], code: oneTimeCode(chosen["secret"] ?? "") });
    return new Operator(server, session["access_token"] ?? "");
  }

  /** The newest case of a kind that is still open. */
  async awaits(kind: string): Promise<Case> {
    const { items } = (await send(this.server, "GET", `/operator/cases?kind=${kind}`, null, this.token)) as { items: Case[] };
    const found = items.filter((one) => one.kind === kind).at(-1);
    if (!found) throw new Error(`no case of ${kind} waits: ${JSON.stringify(items)}`);
    return found;
  }

  async decide(kind: string, decision: "pass" | "refuse", reason = ""): Promise<void> {
    const { case_id } = await this.awaits(kind);
    await send(this.server, "POST", `/operator/cases/${case_id}/decide`, { decision, reason }, this.token);
  }
}

async function send(server: Server, method: string, path: string, body: object | null, token: string): Promise<unknown> {
  const headers = { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${server.publicUrl}/api/v1${path}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
  return text === "" ? null : JSON.parse(text);
}

/** RFC 6238 over a secret in the letters of RFC 4648 section 6. */
function oneTimeCode(secret: string): string {
  const bits = [...secret].map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const at = (digest.at(-1) ?? 0) & 15;
  return String((digest.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}
