// The little DER that the phone makes and reads itself: PKCS#10 request info, CMS signed attributes, a certificate's key.
import { concat, equal, type Bytes } from "./bytes";
import { sm3 } from "./cosign/sm3";
import { sha256 } from "./digest";
import { PhoneError, type Algorithm } from "./types";

const SEQUENCE = 0x30;
const SET = 0x31;
const OCTET_STRING = 0x04;
const CERTIFICATE_MAX = 16 * 1024;

const CONTENT_TYPE_IS_DATA = hex("301806092a864886f70d010903310b06092a864886f70d010701");
const MESSAGE_DIGEST = hex("06092a864886f70d010904");
const SIGNING_CERTIFICATE_V2 = hex("060b2a864886f70d010910022f");
const SM3_IDENTIFIER = hex("300a06082a811ccf55018311");

function hex(text: string): Bytes {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

function lengthBytes(length: number): Bytes {
  if (length < 0x80) return Uint8Array.of(length);
  return length < 0x100 ? Uint8Array.of(0x81, length) : Uint8Array.of(0x82, length >> 8, length & 0xff);
}

/** Contents of up to 65535 bytes; nothing the phone makes is longer. */
export function tlv(tag: number, content: Uint8Array): Bytes {
  return concat(Uint8Array.of(tag), lengthBytes(content.length), content);
}

export function sequence(...parts: Uint8Array[]): Bytes {
  return tlv(SEQUENCE, concat(...parts));
}

/** An INTEGER that is not negative, from its shortest big endian form. */
export function unsigned(bytes: Uint8Array): Bytes {
  return tlv(0x02, (bytes[0] ?? 0) >= 0x80 ? concat(Uint8Array.of(0), bytes) : bytes);
}

/** PKCS#10 CertificationRequestInfo: version 0, the name as the server gave it, the joint key, no attributes. */
export function requestInfo(subject: Uint8Array, spki: Uint8Array): Bytes {
  if (read(subject, 0, SEQUENCE).end !== subject.length) malformed();
  return sequence(tlv(0x02, Uint8Array.of(0)), subject, spki, Uint8Array.of(0xa0, 0));
}

/**
 * DER `SET OF` exactly contentType id-data, messageDigest and signingCertificateV2: what the key signs (RFC 5652 5.4).
 * The certificate hash is SHA-256 by default for RSA, SM3 named explicitly for SM2; there is no issuerSerial.
 */
export function signedAttributes(algorithm: Algorithm, digest: Uint8Array, certificate: Uint8Array): Bytes {
  if (digest.length !== 32) malformed();
  const id =
    algorithm === "sm2"
      ? sequence(SM3_IDENTIFIER, tlv(OCTET_STRING, sm3(certificate)))
      : sequence(tlv(OCTET_STRING, sha256(certificate)));
  const attributes = [
    CONTENT_TYPE_IS_DATA,
    sequence(MESSAGE_DIGEST, tlv(SET, tlv(OCTET_STRING, digest))),
    sequence(SIGNING_CERTIFICATE_V2, tlv(SET, sequence(sequence(id)))),
  ];
  return tlv(SET, concat(...attributes.sort(byDer)));
}

/** DER orders the members of a SET OF by their encodings. */
function byDer(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  return at < 0 ? a.length - b.length : (a[at] ?? 0) - (b[at] ?? -1);
}

function malformed(): never {
  throw new PhoneError("server_differs", { what: "der" });
}

interface Element {
  tag: number;
  /** Where the content begins. */
  content: number;
  end: number;
}

/** Reads the head at `at`, with a length in its shortest form that lies within the bytes. */
function read(bytes: Uint8Array, at: number, tag?: number): Element {
  const [found, first] = [bytes[at], bytes[at + 1]];
  if (found === undefined || first === undefined || (tag !== undefined && found !== tag)) malformed();
  if (first < 0x80) return within(bytes, { tag: found, content: at + 2, end: at + 2 + first });
  const octets = first & 0x7f;
  if (octets < 1 || octets > 2) malformed();
  let length = 0;
  for (let index = 0; index < octets; index++) length = length * 256 + (bytes[at + 2 + index] ?? 0);
  if (length < (octets === 1 ? 0x80 : 0x100)) malformed();
  return within(bytes, { tag: found, content: at + 2 + octets, end: at + 2 + octets + length });
}

function within(bytes: Uint8Array, element: Element): Element {
  return element.end <= bytes.length ? element : malformed();
}

/** The SubjectPublicKeyInfo of a certificate, as it stands in it. */
export function certificateSpki(certificate: Uint8Array): Bytes {
  if (certificate.length > CERTIFICATE_MAX) malformed();
  const outer = read(certificate, 0, SEQUENCE);
  if (outer.end !== certificate.length) malformed();
  let at = read(certificate, outer.content, SEQUENCE).content;
  // version [0], serial number, signature algorithm, issuer, validity, subject stand before the key.
  for (const tag of [0xa0, 0x02, SEQUENCE, SEQUENCE, SEQUENCE, SEQUENCE]) at = read(certificate, at, tag).end;
  return Uint8Array.from(certificate.subarray(at, read(certificate, at, SEQUENCE).end));
}

/** Whether a certificate carries this very key. */
export function carries(certificate: Uint8Array, spki: Uint8Array): boolean {
  return equal(certificateSpki(certificate), spki);
}
