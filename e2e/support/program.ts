// Programs that a test starts, waits for and ends.
import { type ChildProcess, spawn } from "node:child_process";
import { createServer } from "node:net";
import { once } from "node:events";

const LINES_KEPT = 400;

export const BINARY = process.env["HULIAN_BIN"] ?? "../target/debug/hulian";

export class Program {
  private readonly lines: string[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly name: string,
  ) {
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        this.lines.push(...text.split("\n"));
        this.lines.splice(0, this.lines.length - LINES_KEPT);
      });
    }
  }

  static start(name: string, command: string, args: string[], env: Record<string, string> = {}): Program {
    // The binary refuses variables that it does not know, and ours are not for it.
    const own = Object.entries(process.env).filter(([key]) => !key.startsWith("HULIAN_"));
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...Object.fromEntries(own), ...env } });
    return new Program(child, name);
  }

  /** Waits until `ready` answers; an end of the program fails at once with what it printed. */
  async until<T>(ready: () => Promise<T | null> | T | null, limitMs = 120_000): Promise<T> {
    const begun = Date.now();
    for (;;) {
      const found = await Promise.resolve(ready()).catch(() => null);
      if (found !== null) return found;
      if (this.child.exitCode !== null) throw new Error(`${this.name} ended with ${this.child.exitCode}:\n${this.output()}`);
      if (Date.now() - begun > limitMs) throw new Error(`${this.name} is not ready:\n${this.output()}`);
      await new Promise((wake) => setTimeout(wake, 50));
    }
  }

  output(): string {
    return this.lines.join("\n");
  }

  send(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  async end(signal: NodeJS.Signals = "SIGTERM"): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, "exit");
    this.child.kill(signal);
    const hard = setTimeout(() => this.child.kill("SIGKILL"), 15_000);
    await ended;
    clearTimeout(hard);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
