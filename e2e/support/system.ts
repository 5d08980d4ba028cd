// The real server on a data folder of its own, and bid tools that talk to it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BINARY, freePort, Program } from "./program.ts";

/** What files that run one after another share; those beside them have servers, ports and people of their own. */
export const runFolder = (): string => {
  const folder = process.env["HULIAN_E2E"];
  if (!folder) throw new Error("the global setup did not run");
  const lane = join(folder, `lane-${process.env["VITEST_POOL_ID"] ?? "1"}`);
  mkdirSync(lane, { recursive: true });
  return lane;
};

/** What the real name takes: the short policy of a sandbox, or everything. */
export type Policy = "short" | "full";

export interface Ports {
  open: number;
  phone: number;
}

/** One pair of ports for the whole run: key halves belong to an origin, and profiles are copied between tests. */
let ports: Ports | null = null;

export class Server {
  private constructor(
    readonly folder: string,
    readonly ports: Ports,
    private program: Program,
    private policy: Policy,
    private readonly more: readonly string[],
  ) {}

  get publicUrl(): string {
    return `http://localhost:${this.ports.open}`;
  }

  get phoneUrl(): string {
    return `http://localhost:${this.ports.phone}`;
  }

  /** A server on a copy of `template`, or on new data; `more` are further settings of its command line. */
  static async start(template?: string, policy: Policy = "short", more: readonly string[] = []): Promise<Server> {
    ports ??= await portsOfRun();
    const folder = mkdtempSync(join(runFolder(), "server-"));
    const from = template ?? (await firstStart(ports));
    cpSync(from, folder, { recursive: true });
    return new Server(folder, ports, await launch(folder, ports, policy, more), policy, more);
  }

  /** As if the power had gone. */
  async kill(): Promise<void> {
    await this.program.end("SIGKILL");
  }

  /** On the same data, with the same policy or another one. */
  async restart(policy: Policy = this.policy): Promise<void> {
    this.policy = policy;
    await this.program.end("SIGKILL");
    this.program = await launch(this.folder, this.ports, this.policy, this.more);
  }

  async again(): Promise<void> {
    this.program = await launch(this.folder, this.ports, this.policy, this.more);
  }

  async stop(): Promise<void> {
    await this.program.end();
  }

  output(): string {
    return this.program.output();
  }

  /** A minute goes by for the numbers that were sent a code: the next one is theirs to ask for. */
  minutePasses(): void {
    this.execute("UPDATE sms_allowance SET last_us = last_us - 61000000");
  }

  /** The time for which seals are lent is over. */
  grantsEnd(): void {
    this.execute("UPDATE seal_grant SET until_us = granted_at_us");
  }

  private execute(statement: string): void {
    const script = "import sqlite3, sys; db = sqlite3.connect(sys.argv[1], timeout=10); db.execute(sys.argv[2]); db.commit()";
    execFileSync(process.env["HULIAN_PYTHON"] ?? "python3", ["-c", script, join(this.folder, "hulian.sqlite"), statement]);
  }

  /** The newest message of the sandbox's inbox to this number. */
  async newestMessage(e164: string): Promise<string | null> {
    const answer = await fetch(`${this.publicUrl}/sandbox/inbox.json?to=${encodeURIComponent(e164)}`);
    const inbox = (await answer.json()) as { items: { text: string }[] };
    return inbox.items[0]?.text ?? null;
  }

  /** The code in the newest SMS to this number, as a person reads it from the inbox; `before` is an older one that stands there. */
  async awaitCode(e164: string, before: string | null = null): Promise<string> {
    for (let tries = 0; tries < 200; tries++) {
      const text = await this.newestMessage(e164);
      const code = text === before ? undefined : /\d{6}/.exec(text ?? "")?.[0];
      if (code) return code;
      await new Promise((wake) => setTimeout(wake, 50));
    }
    throw new Error(`no code came to ${e164}`);
  }

  async specimens(): Promise<{ people: { name: string; id_number: string; phone: string; behaviour: string }[]; companies: { name: string; uscc: string; legal_representative: string; behaviour: string }[] }> {
    return (await (await fetch(`${this.publicUrl}/sandbox/specimens.json`)).json()) as never;
  }
}

/** Test files are processes of their own: the first one writes down what the others take. */
async function portsOfRun(): Promise<Ports> {
  const path = join(runFolder(), "ports.json");
  if (existsSync(path)) return JSON.parse(readFileSync(path, "utf8")) as Ports;
  const chosen = { open: await freePort(), phone: await freePort() };
  writeFileSync(path, JSON.stringify(chosen));
  return chosen;
}

/** Roots and tables are made once; later servers begin with a copy. */
async function firstStart(pair: Ports): Promise<string> {
  const folder = join(runFolder(), "first");
  if (existsSync(folder)) return folder;
  mkdirSync(folder);
  const program = await launch(folder, pair);
  await program.end();
  return folder;
}

async function launch(folder: string, pair: Ports, policy: Policy = "short", more: readonly string[] = []): Promise<Program> {
  const program = Program.start("hulian serve", BINARY, [
    "serve", "--data", folder, "--policy", policy,
    "--listen", `127.0.0.1:${pair.open}`, "--phone-listen", `127.0.0.1:${pair.phone}`,
    "--public-url", `http://localhost:${pair.open}`, "--phone-url", `http://localhost:${pair.phone}`, ...more,
  ]);
  await program.until(async () => ((await fetch(`http://localhost:${pair.open}/sandbox/specimens.json`)).ok ? true : null));
  return program;
}

/** `hulian desk`, with a folder that outlives it. */
export class Desk {
  private constructor(
    readonly folder: string,
    readonly address: string,
    private readonly program: Program,
  ) {}

  static async start(server: Server, options: { folder?: string; files?: string[]; port?: number } = {}): Promise<Desk> {
    const folder = options.folder ?? mkdtempSync(join(runFolder(), "desk-"));
    const port = options.port ?? (await freePort());
    const program = Program.start("hulian desk", BINARY, [
      "desk", "--server", server.publicUrl, "--data", folder, "--listen", `127.0.0.1:${port}`, ...(options.files ?? []),
    ]);
    const address = await program.until(() => /http:\/\/\S+#token=\S+/.exec(program.output())?.[0] ?? null);
    return new Desk(folder, address, program);
  }

  get port(): number {
    return Number(new URL(this.address).port);
  }

  async stop(): Promise<void> {
    await this.program.end();
  }

  async kill(): Promise<void> {
    await this.program.end("SIGKILL");
  }

  /** As if the computer were too busy to answer. */
  freeze(): void {
    this.program.send("SIGSTOP");
  }

  thaw(): void {
    this.program.send("SIGCONT");
  }
}
