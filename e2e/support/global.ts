// One folder for the whole run: a server's data at its very first start, and profiles of people who are ready to seal.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "hulian-e2e-"));
  process.env["HULIAN_E2E"] = folder;
  return () => {
    if (!process.env["HULIAN_E2E_KEEP"]) rmSync(folder, { recursive: true, force: true });
  };
}
