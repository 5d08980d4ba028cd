// Programs that know nothing of us judge what people have saved.
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BINARY } from "./program.ts";
import type { Server } from "./system.ts";

const JUDGES = "../crates/tests/judges";

/** The sandbox's root, as anybody can fetch it from the address in the certificates. */
export async function rootOf(server: Server, algorithm: "rsa" | "sm2", folder: string): Promise<string> {
  const answer = await fetch(`${server.publicUrl}/pki/${algorithm}/root.cer`);
  const der = Buffer.from(await answer.arrayBuffer()).toString("base64");
  const path = join(folder, `root-${algorithm}.pem`);
  writeFileSync(path, `-----BEGIN CERTIFICATE-----\n${der.replace(/(.{64})/g, "$1\n")}\n-----END CERTIFICATE-----\n`);
  return path;
}

function run(program: string, args: string[]): string {
  return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 << 20 });
}

/** pyHanko with its difference policy over every signature, trusting this root alone. */
export const pyhanko = (file: string, root: string): string =>
  run(process.env["HULIAN_PYTHON"] ?? "python3", [`${JUDGES}/pyhanko_judge.py`, file, root]);

/** BouncyCastle over every signature: digest, signature, chain, time stamp. */
export const bouncyCastle = (file: string, root: string): string =>
  run("java", ["-cp", ["bcprov", "bcpkix", "bcutil"].map((jar) => `/usr/share/java/${jar}.jar`).join(":"), `${JUDGES}/java/Judge.java`, "pdf-cms", file, root]);

export const qpdf = (file: string): string => run("qpdf", ["--check", file]);

/** poppler's view: how many widgets carry a valid signature. */
export const pdfsig = (file: string): number => run("pdfsig", ["-nocert", file]).split("Signature is Valid.").length - 1;

/** Our own verifier, which wants every signature passed; answers how many there are. */
export function own(file: string, roots: string[]): number {
  const report = JSON.parse(run(BINARY, ["pdf", "verify", file, "--json", ...roots.flatMap((root) => ["--trust", root])])) as { signatures: unknown[] };
  return report.signatures.length;
}
