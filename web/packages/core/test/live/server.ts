// A real server in a sandbox of its own, and what a person does on its sandbox pages.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const BINARY = process.env["HULIAN_BIN"] ?? fileURLToPath(new URL("../../../../../target/debug/hulian", import.meta.url));
const PORT = Number(process.env["HULIAN_LIVE_PORT"] ?? "8650");

export interface Server {
  url: string;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const data = mkdtempSync(join(tmpdir(), "hulian-live-"));
  const url = `http://127.0.0.1:${PORT}`;
  const phone = ["--phone-url", `http://localhost:${PORT}`, "--public-url", url];
  // The server reads its settings from HULIAN_… too, and refuses those that it does not know.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("HULIAN_")));
  const child = spawn(BINARY, ["serve", "--data", data, "--listen", `127.0.0.1:${PORT}`, "--phone-listen", "127.0.0.1:0", ...phone], { env, stdio: ["ignore", "ignore", "pipe"] });
  let log = "";
  child.stderr.on("data", (chunk: Buffer) => (log = (log + chunk.toString()).slice(-4000)));
  try {
    await ready(url, child);
  } catch (cause) {
    throw new Error(`${BINARY} did not start:\n${log}`, { cause });
  }
  return { url, stop: () => stop(child, data) };
}

async function ready(url: string, child: ChildProcess): Promise<void> {
  let failed: Error | null = null;
  child.on("error", (error) => (failed = error));
  for (let tries = 0; tries < 300; tries++) {
    if (failed !== null) throw failed;
    if (child.exitCode !== null) throw new Error("it ended");
    if (await fetch(`${url}/readyz`).then((answer) => answer.ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("it is not ready");
}

async function stop(child: ChildProcess, data: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.kill("SIGTERM")) await ended;
  rmSync(data, { recursive: true, force: true });
}

/** A browser's fetch as far as we need it: one cookie jar, and requests can be failed on purpose. */
export function browser(): { fetch: typeof fetch; failNext(match: string, answerLost: boolean): void } {
  const jar = new Map<string, string>();
  let failing: { match: string; answerLost: boolean } | null = null;
  const run = async (input: RequestInfo | URL): Promise<Response> => {
    const request = input as Request;
    const fail = failing !== null && new URL(request.url).pathname.includes(failing.match) ? failing : null;
    if (fail) failing = null;
    if (fail && !fail.answerLost) throw new TypeError("no network");
    if (jar.size > 0) request.headers.set("cookie", [...jar].map(([name, value]) => `${name}=${value}`).join("; "));
    const answer = await fetch(request);
    for (const cookie of answer.headers.getSetCookie()) {
      const [name = "", value = ""] = (cookie.split(";")[0] ?? "").split("=");
      jar.set(name, value);
    }
    if (fail) throw new TypeError("the answer was lost");
    return answer;
  };
  return { fetch: run as typeof fetch, failNext: (match, answerLost) => (failing = { match, answerLost }) };
}

export async function newestCode(url: string, number: string): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const inbox = (await (await fetch(`${url}/sandbox/inbox.json?to=%2B86${number}`)).json()) as { items: { text: string }[] };
    const code = /(?<![0-9])[0-9]{6}(?![0-9])/.exec(inbox.items[0]?.text ?? "")?.[0];
    if (code) return code;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("no message came");
}

export interface Specimens {
  people: { name: string; id_number: string; phone: string; behaviour: string }[];
  companies: { name: string; uscc: string; legal_representative: string; behaviour: string }[];
}

export async function specimens(url: string): Promise<Specimens> {
  return (await (await fetch(`${url}/sandbox/specimens.json`)).json()) as Specimens;
}

export async function pay(url: string, paymentId: string): Promise<void> {
  const body = new URLSearchParams({ action: "pay" });
  const answer = await fetch(`${url}/sandbox/cashier/${paymentId}`, { method: "POST", body, redirect: "manual" });
  if (answer.status >= 400) throw new Error(`cashier: ${answer.status}`);
}
