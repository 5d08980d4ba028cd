// The statements that this phone signs. Their members are PROTOCOL's; the bytes are their RFC 8785 form.
import { toB64u, utf8, type Bytes } from "./bytes";
import { canonicalBytes, type Json } from "./canonical";
import { sha256B64u } from "./digest";
import type { Mark, Prepared, ScanView } from "./scan-view";

export interface Device {
  person_id: string;
  device_id: string;
}

export function deviceStatement(of: { area: string; number: string; code: string; public_key: string }): Bytes {
  return canonicalBytes({ type: "hulian/device/v1", ...of });
}

export function passwordStatement(device: Device, epoch: number, proofPublicKey: string): Bytes {
  const { person_id, device_id } = device;
  return canonicalBytes({ type: "hulian/password/v1", person_id, device_id, epoch, proof_public_key: proofPublicKey });
}

export function passwordProofStatement(device: Device, counter: number): Bytes {
  const { person_id, device_id } = device;
  return canonicalBytes({ type: "hulian/password-proof/v1", person_id, device_id, counter });
}

export function resetKeyStatement(device: Device, publicKey: string, counter: number): Bytes {
  const { person_id, device_id } = device;
  return canonicalBytes({ type: "hulian/reset-key/v1", person_id, device_id, public_key: publicKey, counter });
}

export function passwordResetStatement(device: Device, code: string): Bytes {
  const { person_id, device_id } = device;
  return canonicalBytes({ type: "hulian/password-reset/v1", person_id, device_id, code });
}

export function passwordResetDoneStatement(device: Device, of: { password_reset_id: string; epoch: number; proof_public_key: string; reset_public_key: string }): Bytes {
  const { person_id, device_id } = device;
  return canonicalBytes({ type: "hulian/password-reset-done/v1", person_id, device_id, ...of });
}

export function installStatement(of: {
  holding_id: string;
  request_id: string;
  device_id: string;
  message: Bytes;
  counter: number;
}): Bytes {
  const { message, ...rest } = of;
  return canonicalBytes({ type: "hulian/install/v1", ...rest, usage: "sign", message_sha256: sha256B64u(message) });
}

export function keygenContext(requestId: string, deviceId: string): Bytes {
  return utf8(`v1|keygen|${requestId}|sign|${deviceId}`);
}

/** Binds a wrapped share to whose it is and on which device. */
export function shareContext(device: Device, holdingId: string): Bytes {
  return utf8(`v1|share|${device.person_id}|${device.device_id}|sign|${holdingId}`);
}

export function marksSha256(marks: Mark[]): string {
  return sha256B64u(canonicalBytes(marks as unknown as Json));
}

/** What un-sealing signs: its digest takes the place of a document's. */
export function unsealStatement(code: string, prepared: Prepared): Bytes | null {
  if (prepared.unseal === null) return null;
  const { file_name, page_count, time_us } = prepared;
  return canonicalBytes({ type: "hulian/unseal/v1", code, ...prepared.unseal, file_name, page_count, time_us });
}

/** All that the phone showed before it signs. */
export function confirmStatement(of: {
  view: ScanView;
  prepared: Prepared;
  device: Device;
  holding_id: string;
  certificate: Bytes;
  digest: Bytes;
  attributes: Bytes;
  message: Bytes;
  counter: number;
}): Bytes {
  const { view, prepared, device } = of;
  return canonicalBytes({
    type: "hulian/confirm/v1",
    code: view.code,
    kind: view.kind,
    purpose: view.purpose,
    asker_id: view.asker.asker_id,
    asker_name: view.asker.name,
    scope: view.scope.platform_id ?? "document_sealing",
    person_id: device.person_id,
    unit_id: view.chosen?.unit_id ?? null,
    device_id: device.device_id,
    holding_id: of.holding_id,
    certificate_sha256: sha256B64u(of.certificate),
    seal_id: view.kind === "unseal" ? "" : prepared.seal_id,
    digest: toB64u(of.digest),
    file_name: prepared.file_name,
    page_count: prepared.page_count,
    mode: view.kind === "unseal" ? "unseal" : prepared.mode,
    mark_count: prepared.marks.length,
    marks_sha256: marksSha256(prepared.marks),
    time_us: prepared.time_us,
    attributes_sha256: sha256B64u(of.attributes),
    message_sha256: sha256B64u(of.message),
    counter: of.counter,
  });
}

export function loginStatement(view: ScanView, device: Device, counter: number): Bytes {
  return canonicalBytes({
    type: "hulian/login/v1",
    code: view.code,
    purpose: view.purpose,
    asker_id: view.asker.asker_id,
    asker_name: view.asker.name,
    scope: view.scope.platform_id ?? "document_sealing",
    person_id: device.person_id,
    unit_id: view.chosen?.unit_id ?? null,
    device_id: device.device_id,
    counter,
  });
}
