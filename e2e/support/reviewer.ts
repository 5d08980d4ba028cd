// An operator of the console, made by the command line and signed in over HTTP with both factors, for stories whose hero is somebody else.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import { BINARY } from "./program.ts";
import type { Server } from "./system.ts";

const PASSWORD = "e2e-operator-58-larch";
let made = 0;

export class Reviewer {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async signedIn(server: Server, role = "reviewer"): Promise<Reviewer> {
    const name = `审核员${++made}`;
    const printed = execFileSync(BINARY, ["admin", "create", "--name", name, "--role", role, "--data", server.folder], { encoding: "utf8", env: plainEnv() });
    const password = printed.split("\n").map((line) => /^password\s+(\S+)/.exec(line)?.[1]).find(Boolean);
    if (!password) throw new Error(`no password was printed:\n${printed}`);
    const first = await ask(server, "/sign-in", { name, password });
    const enrol = await ask(server, "/sign-in/password", { ticket: first["ticket"], password: PASSWORD });
    const code = totp(String(enrol["secret"]), Date.now());
    const session = await ask(server, "/sessions", { ticket: enrol["ticket"], code });
    return new Reviewer(server, String(session["access_token"]));
  }

  /** Decides the oldest open case; the kind is checked, so that no story decides another's. */
  async decide(kind: string, decision: "pass" | "refuse", reason = ""): Promise<void> {
    const cases = (await ask(this.server, "/cases?state=open", null, this.token))["items"] as { case_id: string; kind: string }[];
    const found = cases.find((one) => one.kind === kind);
    if (!found) throw new Error(`no open case of ${kind} in ${JSON.stringify(cases)}`);
    await ask(this.server, `/cases/${found.case_id}/open`, { reason: "端到端测试" }, this.token);
    await ask(this.server, `/cases/${found.case_id}/decide`, { decision, reason }, this.token);
  }
}

function plainEnv(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("HULIAN_"))) as Record<string, string>;
}

async function ask(server: Server, path: string, body: unknown, token?: string): Promise<Record<string, unknown>> {
  const answer = await fetch(`${server.publicUrl}/api/v1/operator${path}`, {
    method: body === null ? "GET" : "POST",
    headers: { ...(token ? { authorization: `Bearer ${token}` } : {}), ...(body === null ? {} : { "content-type": "application/json" }) },
    ...(body === null ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** RFC 6238 with SHA-1, six digits, thirty seconds. */
function totp(base32: string, nowMs: number): string {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...base32.replace(/[\s=]/g, "")].map((letter) => letters.indexOf(letter).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => parseInt(byte, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(nowMs / 30_000)));
  const digest = createHmac("sha1", key).update(step).digest();
  const offset = (digest[19] as number) & 0x0f;
  return ((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).toString().padStart(6, "0");
}
