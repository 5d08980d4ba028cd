// Whoever decides cases, where a story is about the phone and not about the console's page: over HTTP, signed in as the page
// does it.
import { Authenticator } from "./authenticator.ts";
import { makeByCommandLine, OPERATOR_PASSWORD } from "./operator.ts";
import type { Server } from "./system.ts";

interface Case {
  case_id: string;
  kind: string;
}

export class Reviewer {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async make(server: Server, name: string, role: string): Promise<Reviewer> {
    const password = makeByCommandLine(server, name, role);
    const sent = async (path: string, body: object) => (await send(server, "POST", `/operator/${path}`, body, "")) as Record<string, string>;
    const first = await sent("sign-in", { name, password });
    const chosen = await sent("sign-in/password", { ticket: first["ticket"], password: OPERATOR_PASSWORD });
    const session = await sent("sessions", { ticket: chosen["ticket"], code: await new Authenticator(chosen["secret"] ?? "").code() });
    return new Reviewer(server, session["access_token"] ?? "");
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
