// A document with one valid seal, made at two screens.
import { readFileSync } from "node:fs";
import { paper } from "./paper.ts";
import type { World } from "./world.ts";

export async function sealedPaper(world: World): Promise<Buffer> {
  await world.clerk.openFiles([{ name: "投标函.pdf", bytes: paper(2) }]);
  await world.seal({ by: 0, algorithm: /RSA/, mode: { kind: "当前页" } });
  return readFileSync(await world.clerk.download("投标函.pdf"));
}
