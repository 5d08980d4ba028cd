// As much of the server as the worker talks to: it answers the key protocols truly, keeps what it was sent, and bends what
// a test tells it to.
import { p256, p256_oprf } from "@noble/curves/nist.js";
import { expect } from "vitest";
import { fromB64u, toB64u, utf8, type Bytes } from "../../src/bytes";
import { sequence, tlv } from "../../src/der";
import { ProblemError, PhoneError } from "../../src/types";
import type { Environment } from "../../src/worker/ports";
import { keygenContext, passwordProofStatement, passwordResetDoneStatement, passwordStatement, resetKeyStatement } from "../../src/statement";
import type { ServerHalf } from "./server-half";

export const IDS = { person_id: "0199c0de-0000-7000-8000-000000000001", device_id: "0199c0de-0000-7000-8000-000000000002" };
export const SUBJECT = sequence(tlv(0x31, sequence(Uint8Array.of(6, 3, 0x55, 4, 3), tlv(0x0c, utf8("互连")))));

export interface Sent {
  method: string;
  path: string;
  body: Record<string, unknown>;
}

/** The frame of a certificate around a key; only its shape matters to the phone. */
export function certificateOf(spki: Uint8Array): Bytes {
  const number = tlv(0x02, Uint8Array.of(1));
  const tbs = sequence(tlv(0xa0, number), number, sequence(), SUBJECT, sequence(), SUBJECT, spki);
  return sequence(tbs, sequence(), tlv(0x03, Uint8Array.of(0)));
}

export class FakeServer {
  readonly sent: Sent[] = [];
  /** Called before an answer leaves; may throw, or answer something else. */
  bend: (path: string, answer: Record<string, unknown>) => Record<string, unknown> = (_, answer) => answer;
  /** The joint key, as the test knows it from the phone's request. */
  spki: () => Bytes = () => new Uint8Array();
  private readonly oprf = new Map([[1, p256_oprf.oprf.generateKeyPair().secretKey]]);
  private epoch = 1;
  private begun = 1;
  private proofKey: unknown = null;
  resetKey: { public_key: string; private_key: string } | null = null;

  constructor(readonly half: ServerHalf) {}

  readonly http: Environment["http"] = async (method, path, sent) => {
    const body = (sent ?? {}) as Record<string, unknown>;
    this.sent.push({ method, path, body });
    return this.bend(path, this.answer(method, path, body));
  };

  /** The present password proves itself over the same statement as the new one. */
  private change(body: Record<string, unknown>): Record<string, unknown> {
    const { epoch, proof_public_key } = body;
    if (epoch === this.epoch && proof_public_key === this.proofKey) return {};
    const statement = passwordStatement(IDS, Number(epoch), String(proof_public_key));
    if (epoch !== this.begun) throw new ProblemError("password_change_stale", 409, {});
    if (!proves(body["present_proof"], statement, this.proofKey)) throw new ProblemError("password_wrong", 403, { attempts_left: 4 });
    if (!proves(body["proof"], statement, proof_public_key)) throw new ProblemError("proof_invalid", 400, {});
    [this.epoch, this.proofKey] = [Number(epoch), proof_public_key];
    return {};
  }

  private reset(body: Record<string, unknown>): Record<string, unknown> {
    const { epoch, proof_public_key } = body;
    const key = body["reset_key"] as NonNullable<FakeServer["resetKey"]>;
    const of = { password_reset_id: "r", epoch: Number(epoch), proof_public_key: String(proof_public_key), reset_public_key: key.public_key };
    if (epoch !== this.begun) throw new ProblemError("password_change_stale", 409, {});
    if (!proves(body["proof"], passwordResetDoneStatement(IDS, of), proof_public_key)) throw new ProblemError("proof_invalid", 400, {});
    [this.epoch, this.proofKey] = [Number(epoch), proof_public_key];
    return this.keepResetKey(key);
  }

  private keepResetKey(key: NonNullable<FakeServer["resetKey"]>): Record<string, unknown> {
    expect(toB64u(p256.getPublicKey(fromB64u(key.private_key)!, false) as Bytes)).toBe(key.public_key);
    this.resetKey = key;
    return {};
  }

  private answer(method: string, path: string, body: Record<string, unknown>): Record<string, unknown> {
    const message = (): Bytes => fromB64u(String(body["message"]))!;
    if (path === "/api/v1/password" && method === "PUT") {
      if (this.proofKey !== null && this.proofKey !== body["proof_public_key"]) throw new ProblemError("password_already_set", 409, {});
      this.proofKey = body["proof_public_key"];
      return {};
    }
    if (path === "/api/v1/password/proofs") {
      if (!proves(body["password_proof"], passwordProofStatement(IDS, Number(body["counter"])), this.proofKey)) throw new ProblemError("password_wrong", 403, { attempts_left: 4 });
      return {};
    }
    if (path === "/api/v1/password/changes") return this.change(body);
    if (path === "/api/v1/password/resets") return { password_reset_id: "r", reset_key: this.resetKey };
    if (path === "/api/v1/password/resets/r") return this.reset(body);
    if (path === "/api/v1/password/reset-key") {
      const key = body["reset_key"] as NonNullable<FakeServer["resetKey"]>;
      const statement = resetKeyStatement(IDS, key.public_key, Number(body["counter"]));
      if (this.proofKey !== null && !proves(body["password_proof"], statement, this.proofKey)) throw new ProblemError("password_wrong", 403, { attempts_left: 4 });
      return this.keepResetKey(key);
    }
    if (path === "/api/v1/password") return { reset_public_key: this.resetKey?.public_key ?? null, set: this.proofKey !== null, epoch: this.epoch, salt: toB64u(new Uint8Array(16)), stretch: { memory_kib: 19456, iterations: 2, parallelism: 1 } };
    if (path.endsWith("/evaluations")) {
      const anew = body["purpose"] === "change" || body["purpose"] === "reset";
      if (anew) this.oprf.set(++this.begun, p256_oprf.oprf.generateKeyPair().secretKey);
      const epoch = anew ? this.begun : ((body["epoch"] as number | undefined) ?? this.epoch);
      const evaluated = p256_oprf.oprf.blindEvaluate(this.oprf.get(epoch)!, fromB64u(String(body["blinded"]))!);
      return { evaluated: toB64u(evaluated), epoch, attempts_left: 4 };
    }
    if (path.endsWith("/installs")) {
      const context = keygenContext(String(body["request_id"]), IDS.device_id);
      return { install_id: "i", sid: toB64u(new Uint8Array(16)), subject: toB64u(SUBJECT), message: toB64u(this.half.reply(context, message())) };
    }
    if (path.endsWith("/key")) {
      this.half.open(message());
      return { message: toB64u(this.half.answer(fromB64u(String(body["request"]))!)) };
    }
    if (path.endsWith("/certificate")) return { certificate_id: "c", certificate: toB64u(certificateOf(this.spki())), chain: [] };
    if (path.endsWith("/confirm")) return { message: toB64u(this.half.answer(message())) };
    return { state: "done", operation_id: "o" };
  }
}

function proves(proof: unknown, statement: Bytes, key: unknown): boolean {
  return p256.verify(fromB64u(String(proof))!, statement, fromB64u(String(key))!, { lowS: false, prehash: true, format: "compact" });
}

export function lost(): never {
  throw new PhoneError("offline");
}
