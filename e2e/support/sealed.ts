// A document with one valid seal, made once in a run by two people at two screens.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Clerk } from "./desk.ts";
import { paper } from "./paper.ts";
import { Phone } from "./phone.ts";
import type { Ready } from "./ready.ts";
import { runFolder, type Server } from "./system.ts";

export async function sealedPaper(server: Server, people: Ready): Promise<Buffer> {
  const kept = join(runFolder(), "sealed.pdf");
  if (existsSync(kept)) return readFileSync(kept);
  const clerk = await Clerk.open(server);
  const phone = await Phone.open(server, { from: people.phones[0] });
  try {
    await clerk.openFiles([{ name: "投标函.pdf", bytes: paper(2) }]);
    await clerk.place({ kind: "当前页" });
    await clerk.showCode();
    await phone.typeShortCode(await clerk.shortCode());
    await phone.match(await clerk.matchNumber());
    await phone.chooseCertificate(/RSA/);
    await phone.confirm();
    await clerk.landed();
    const bytes = readFileSync(await clerk.download("投标函.pdf"));
    writeFileSync(kept, bytes);
    return bytes;
  } finally {
    await phone.close();
    await clerk.close();
  }
}
