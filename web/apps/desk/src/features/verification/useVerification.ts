// Reports, one for each revision of a document: a file that did not change is not verified twice.
import { reactive, shallowReactive } from "vue";
import { api } from "../../shared/api";
import type { DeskDocument, SignatureReport, VerificationReport } from "../../shared/types";

const reports = shallowReactive(new Map<string, VerificationReport>());
const running = reactive(new Set<string>());
const failures = shallowReactive(new Map<string, unknown>());

const key = (document: DeskDocument) => `${document.document_id} ${document.sha256}`;

export const reportOf = (document: DeskDocument) => reports.get(key(document)) ?? null;
export const isRunning = (document: DeskDocument) => running.has(key(document));
export const failureOf = (document: DeskDocument) => failures.get(key(document)) ?? null;

export async function verify(document: DeskDocument, anew = false): Promise<void> {
  const name = key(document);
  if (running.has(name) || (!anew && reports.has(name))) return;
  running.add(name);
  failures.delete(name);
  try {
    reports.set(name, await api.get<VerificationReport>(`/documents/${document.document_id}/verification`));
  } catch (error) {
    failures.set(name, error);
  }
  running.delete(name);
}

/** What a report says, as keys of sentences: facts first, then why it is not simply valid. */
export function sentences(signature: SignatureReport): string[] {
  // A certificate is only asked about when there is something that it could have signed.
  const chain = signature.integrity === "broken" && signature.chain === "indeterminate" ? "not_asked" : signature.chain;
  return [
    `integrity.${signature.integrity}`,
    `chain.${chain}`,
    `changes.${signature.changes.kind}`,
    signature.time.kind === "time_stamp" ? `time.${signature.time.trusted ? "stamp" : "stamp_untrusted"}` : `time.${signature.time.kind}`,
  ];
}

/** Whether a sentence speaks for the signature, against it, or leaves it open. */
export function weight(sentence: string): "good" | "bad" | "open" {
  if (/\.(broken|untrusted|forbidden|unexplained|stamp_untrusted)$/.test(sentence)) return "bad";
  return /\.(unsupported|indeterminate|not_asked|claimed|unknown)$/.test(sentence) ? "open" : "good";
}
