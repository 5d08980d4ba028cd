// What a stranger does in the first ten minutes, in a real browser.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Phone } from "../support/phone.ts";
import { Server } from "../support/system.ts";

let server: Server;

beforeAll(async () => {
  server = await Server.start();
});

afterAll(async () => {
  await server?.stop();
});

test("[ACC-1] [ACC-2] [IDV-1] [PWD-1] [UNIT-2] [CERT-2] [SEAL-1] from the first start to a company with certificates and a seal", async () => {
  const { people, companies } = await server.specimens();
  const company = companies.find((it) => it.behaviour === "match" && people.some((person) => person.name === it.legal_representative));
  const person = people.find((it) => it.name === company?.legal_representative);
  if (!company || !person) throw new Error("no specimen fits");
  const phone = await Phone.open(server);
  try {
    await phone.becomeReady(person, company, [/RSA/, /SM2/]);
    expect(phone.window.foreign).toEqual([]);
    expect(phone.window.errors).toEqual([]);
  } finally {
    await phone.close();
  }
});
