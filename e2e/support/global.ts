// One folder for the whole run, and in it one for each of the files that run side by side: a server's data at its very first start, and profiles of people who are ready to seal.
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export default function setup(): () => void {
  // A folder that is named is kept and used again, which saves whoever works on one test the way of the newcomers.
  const named = process.env["HULIAN_E2E"];
  const folder = named ?? mkdtempSync(join(tmpdir(), "hulian-e2e-"));
  mkdirSync(folder, { recursive: true });
  process.env["HULIAN_E2E"] = folder;
  return () => {
    if (!named) rmSync(folder, { recursive: true, force: true });
  };
}
