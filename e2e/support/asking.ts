// A person who asks something of the operators, without a screen: the phone's own stories show the screens.
import { generateKeyPairSync, sign } from "node:crypto";
import { deflateSync } from "node:zlib";
import type { Server } from "./system.ts";

export class Asking {
  private constructor(
    private readonly server: Server,
    private readonly token: string,
  ) {}

  static async signIn(server: Server, number: string): Promise<Asking> {
    const area = "+86";
    const before = await server.newestMessage(`${area}${number}`);
    await post(server, "/sms-codes", JSON.stringify({ area, number, purpose: "sign_in" }));
    const code = await server.awaitCode(`${area}${number}`, before);
    const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const { x, y } = pair.publicKey.export({ format: "jwk" });
    const public_key = Buffer.concat([Buffer.of(4), Buffer.from(x ?? "", "base64url"), Buffer.from(y ?? "", "base64url")]).toString("base64url");
    // The statement's members in the order of RFC 8785.
    const statement = JSON.stringify({ area, code, number, public_key, type: "hulian/device/v1" });
    const proof = sign("sha256", Buffer.from(statement), { key: pair.privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
    const device = { public_key, name: "e2e", proof };
    const session = await post(server, "/sessions", JSON.stringify({ area, number, code, edition: "standard", agreed: true, device }));
    return new Asking(server, session["access_token"] as string);
  }

  /** Asks for the review of a document from elsewhere (IDV-3). */
  async documentReview(name: string, number: string): Promise<void> {
    const files = await Promise.all([0, 1, 2].map((shade) => post(this.server, "/materials", picture(shade), this.token)));
    const [front, back, handheld] = files.map((file) => file["material_id"]);
    const body = { nationality: "HK", name, document_kind: "home_return_permit", document_number: number, front, back, handheld };
    await post(this.server, "/me/document-review", JSON.stringify(body), this.token);
  }
}

async function post(server: Server, path: string, body: string | Buffer, token?: string): Promise<Record<string, unknown>> {
  const headers: Record<string, string> = { "content-type": typeof body === "string" ? "application/json" : "application/octet-stream", ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const answer = await fetch(`${server.publicUrl}/api/v1${path}`, { method: "POST", headers, body: body as never });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
  return text === "" ? {} : (JSON.parse(text) as Record<string, unknown>);
}

/** A PNG that looks like a card from afar: a plate of one colour with a darker corner. */
function picture(shade: number): Buffer {
  const [width, height] = [640, 404];
  const rows: Buffer[] = [];
  for (let y = 0; y < height; y++) {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x++) {
      const dark = x > 430 && x < 590 && y > 90 && y < 300;
      const line = x > 50 && x < 350 && y % 56 > 30 && y % 56 < 44 && y > 60;
      const colour = dark ? [126, 138, 152] : line ? [92, 104, 122] : [214 - shade * 14, 226, 232 - shade * 20];
      row.set(colour, 1 + x * 3);
    }
    rows.push(row);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from("\x89PNG\r\n\x1a\n", "latin1"), chunk("IHDR", head), chunk("IDAT", deflateSync(Buffer.concat(rows))), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crc32(bytes: Buffer): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return (crc ^ -1) >>> 0;
}
