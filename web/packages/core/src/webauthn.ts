// The platform authenticator as a keeper of one secret: its PRF extension gives 32 bytes that nobody gets without the
// person's fingerprint (or face, or the screen lock). Nothing is sent to a server, so no signature of it is checked.
import { draw, type Bytes } from "./bytes";
import { PhoneError } from "./types";

const TIMEOUT_MS = 60_000;

/** Chromium, Safari 18 and Firefox desktop tell whether PRF is there; those that do not tell are asked when it is enabled. */
export async function fingerprintOffered(): Promise<boolean> {
  if (typeof PublicKeyCredential === "undefined" || !globalThis.isSecureContext) return false;
  try {
    if (!(await PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable())) return false;
    const capabilities = await PublicKeyCredential.getClientCapabilities?.();
    return capabilities?.["extension:prf"] !== false;
  } catch {
    return false;
  }
}

/** Makes a credential of this device and takes its secret for `salt`. */
export async function makeCredential(salt: Bytes): Promise<{ credential_id: Bytes; prf: Bytes }> {
  const publicKey: PublicKeyCredentialCreationOptions = {
    challenge: draw(32),
    rp: { name: "互连" },
    user: { id: draw(16), name: "互连", displayName: "互连" },
    pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
    authenticatorSelection: { authenticatorAttachment: "platform", userVerification: "required", residentKey: "discouraged" },
    timeout: TIMEOUT_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const credential = await ask(() => navigator.credentials.create({ publicKey }));
  const { prf } = credential.getClientExtensionResults();
  if (!prf?.enabled && !prf?.results) throw new PhoneError("fingerprint_failed", { reason: "no_prf" });
  const credential_id = new Uint8Array(credential.rawId);
  // Some authenticators answer at creation already, the others at the first use.
  return { credential_id, prf: secretOf(prf.results) ?? (await askCredential(credential_id, salt)) };
}

/** The secret for `salt`, after the person has touched the sensor. */
export async function askCredential(credential_id: Bytes, salt: Bytes): Promise<Bytes> {
  const publicKey: PublicKeyCredentialRequestOptions = {
    challenge: draw(32),
    allowCredentials: [{ type: "public-key", id: credential_id, transports: ["internal"] }],
    userVerification: "required",
    timeout: TIMEOUT_MS,
    extensions: { prf: { eval: { first: salt } } },
  };
  const credential = await ask(() => navigator.credentials.get({ publicKey }));
  const secret = secretOf(credential.getClientExtensionResults().prf?.results);
  if (secret === null) throw new PhoneError("fingerprint_failed", { reason: "no_prf" });
  return secret;
}

function secretOf(results: AuthenticationExtensionsPRFValues | undefined): Bytes | null {
  if (!results) return null;
  const first = results.first;
  const bytes = ArrayBuffer.isView(first) ? new Uint8Array(first.buffer as ArrayBuffer, first.byteOffset, first.byteLength) : new Uint8Array(first);
  return bytes.length >= 32 ? bytes.slice() : null;
}

async function ask(run: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await run();
    if (credential !== null) return credential as PublicKeyCredential;
  } catch (cause) {
    const reason = cause instanceof DOMException && cause.name === "NotAllowedError" ? "cancelled" : "authenticator";
    throw new PhoneError("fingerprint_failed", { reason }, { cause });
  }
  throw new PhoneError("fingerprint_failed", { reason: "authenticator" });
}

export function newSalt(): Bytes {
  return draw(32);
}
