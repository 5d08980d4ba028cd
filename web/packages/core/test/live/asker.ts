// A bid tool as small as it can be: an Ed25519 key, sessions, and what it reads back.
import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from "node:crypto";
import { toB64u } from "../../src/bytes";
import { canonicalBytes, type Json } from "../../src/canonical";
import { sha256B64u } from "../../src/digest";

export interface Created {
  session_id: string;
  code: string;
  code_text: string;
  secret: string;
  match_number: string;
}

export interface AskerView {
  version: number;
  state: string;
  signer: { algorithm: string; certificate: string; chain: string[]; seals: { seal_id: string; width_mm: number; height_mm: number }[] } | null;
  result: { cms: string; operation_id: string } | null;
}

async function json<T>(answer: Response): Promise<T> {
  const body = (await answer.json()) as T;
  if (!answer.ok) throw new Error(JSON.stringify(body));
  return body;
}

export class Asker {
  private constructor(
    private readonly url: string,
    private readonly key: KeyObject,
    private readonly id: string,
  ) {}

  static async register(url: string, name: string): Promise<Asker> {
    const { privateKey, publicKey } = generateKeyPairSync("ed25519");
    const public_key = publicKey.export({ format: "jwk" }).x ?? "";
    const proof = toB64u(sign(null, canonicalBytes({ type: "hulian/asker/v1", public_key, name }), privateKey));
    const body = JSON.stringify({ public_key, name, proof });
    const headers = { "content-type": "application/json" };
    const { asker_id } = await json<{ asker_id: string }>(await fetch(`${url}/api/v1/askers`, { method: "POST", headers, body }));
    return new Asker(url, privateKey, asker_id);
  }

  async create(platformId: string, purpose: string): Promise<Created> {
    const path = "/api/v1/scan-sessions";
    const body = JSON.stringify({
      request_id: toB64u(randomBytes(16)),
      kind: "seal",
      purpose,
      scope: { platform_id: platformId },
      ask: { mode: "page:1", mark_count_max: 1 },
      lifetime_s: 90,
      one_time_key: toB64u(randomBytes(32)),
    });
    const time_us = Date.now() * 1000;
    const body_sha256 = sha256B64u(Buffer.from(body));
    const statement: Json = { type: "hulian/asker-request/v1", asker_id: this.id, method: "POST", path, body_sha256, time_us };
    const authorization = `Hulian-Asker ${this.id}:${time_us}:${toB64u(sign(null, canonicalBytes(statement), this.key))}`;
    return json(await fetch(this.url + path, { method: "POST", headers: { "content-type": "application/json", authorization }, body }));
  }

  async view(of: Created): Promise<AskerView> {
    const headers = { authorization: `Bearer ${of.secret}` };
    return json(await fetch(`${this.url}/api/v1/scan-sessions/${of.session_id}`, { headers }));
  }

  /** States the digest of `content` under the family's hash, with one mark of the first seal. */
  async prepare(of: Created, content: Uint8Array, file_name: string): Promise<void> {
    const { signer } = await this.view(of);
    const seal = signer?.seals[0];
    if (!signer || !seal) throw new Error("nobody has chosen");
    const hash = createHash(signer.algorithm === "sm2" ? "sm3" : "sha256").update(content).digest();
    const mark = { page: 1, x_mm: 20.5, y_mm: 30.25, width_mm: seal.width_mm, height_mm: seal.height_mm };
    const body = { digest: toB64u(hash), file_name, page_count: 3, mode: "page:1", seal_id: seal.seal_id, marks: [mark], time_us: Date.now() * 1000 };
    const headers = { authorization: `Bearer ${of.secret}`, "content-type": "application/json" };
    const path = `${this.url}/api/v1/scan-sessions/${of.session_id}/prepare`;
    await json(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
  }
}
