// People who are ready to seal: made once in a run by the newcomer's own way through the screens, then copied.
import { cpSync, existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Company, Phone, type Specimen } from "./phone.ts";
import { runFolder, Server } from "./system.ts";

export interface Ready {
  /** A server's data folder with both people in it. */
  data: string;
  /** Browser profiles of the two phones. */
  phones: [string, string];
  people: [Specimen, Specimen];
  companies: [Company, Company];
}

let made: Promise<Ready> | null = null;

/** Two people, a company each; the first has an RSA and an SM2 certificate, the second an RSA one. */
export function ready(): Promise<Ready> {
  made ??= kept() ?? make();
  return made;
}

/** Made before in this run, by another file. */
function kept(): Promise<Ready> | null {
  const path = join(runFolder(), "ready.json");
  return existsSync(path) ? Promise.resolve(JSON.parse(readFileSync(path, "utf8")) as Ready) : null;
}

async function make(): Promise<Ready> {
  const server = await Server.start();
  try {
    const { people, companies } = await server.specimens();
    const pairs = companies
      .filter((company) => company.behaviour === "match")
      .map((company) => ({ company, person: people.find((it) => it.name === company.legal_representative && it.behaviour === "match") }))
      .filter((pair): pair is { company: typeof pair.company; person: (typeof people)[number] } => pair.person !== undefined);
    const [first, second] = [pairs[0], pairs.find((pair) => pair.person.name !== pairs[0]?.person.name)];
    if (!first || !second) throw new Error("the sandbox has no two companies of two people");
    const one = await prepare(server, first, [/RSA/, /SM2/]);
    const two = await prepare(server, second, [/RSA/]);
    const all: Ready = { data: server.folder, phones: [one, two], people: [first.person, second.person], companies: [first.company, second.company] };
    await server.stop();
    writeFileSync(join(runFolder(), "ready.json"), JSON.stringify(all));
    return all;
  } finally {
    await server.stop();
  }
}

async function prepare(server: Server, pair: { company: Company; person: Specimen }, algorithms: RegExp[]): Promise<string> {
  const phone = await Phone.open(server);
  await phone.becomeReady(pair.person, pair.company, algorithms);
  await phone.close();
  const kept = mkdtempSync(join(runFolder(), "ready-"));
  cpSync(phone.window.profile, kept, { recursive: true });
  return kept;
}
