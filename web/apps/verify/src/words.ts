// Which sentences a report is told in: keys of the catalogue with what they need. No text stands here.
import type { Report, Signature } from "./report";

export interface Line {
  key: string;
  params?: Record<string, string | number>;
}

/** Codes that the catalogue has a sentence for; others are told in the server's own words. */
export const KNOWN_CODES = [
  "malformed",
  "kind_unsupported",
  "algorithm_unsupported",
  "content_changed",
  "no_handler",
  "certificate_not_named",
  "time_claimed",
  "time_unknown",
  "time_stamp_untrusted",
  "no_roots",
  "not_for_signing",
  "signer_untrusted",
  "not_a_revision",
  "changed_later",
  "changes_unknown",
  "signature_wrong",
  "signer_missing",
  "digests_disagree",
  "algorithm_weak",
  "too_much_work",
  "limits",
  "revoked_since",
  "appended",
  "page_changed",
  "pages_changed",
  "catalog_changed",
  "form_changed",
  "object_removed",
  "field_added",
  "field_changed",
  "field_hidden",
  "field_locked",
  "field_removed",
  "signature_changed",
  "signature_reused",
  "sneaky_signature",
  "unsigned_appearance",
  "action_added",
  "annotation_added",
  "appearance_changed",
  "docmdp_violated",
  "store_changed",
] as const;

export function verdict(report: Report): Line {
  const failed = report.signatures.filter((it) => it.outcome === "failed").length;
  return { key: `verdict.${report.outcome}`, params: { count: report.signatures.length, failed } };
}

const SEAL_KINDS = ["company", "finance", "contract", "legal_representative", "name", "handwritten"];

/** Which seal, as the signer calls it; a kind that is not known here stays unsaid. */
export function sealOf(it: Signature): Line {
  if (it.seal_name) return { key: "seal_name", params: { name: it.seal_name } };
  return it.seal_kind && SEAL_KINDS.includes(it.seal_kind) ? { key: `seal_kind.${it.seal_kind}` } : { key: "not_told" };
}

/** What happened to the file after this signature. */
export function changed(it: Signature): Line {
  if (it.integrity !== "intact") return { key: `integrity.${it.integrity}` };
  return { key: `changes.${it.changes.kind}`, params: { count: it.changes.revisions ?? 0 } };
}

export function when(it: Signature, format: (unix: number) => string): Line {
  if (it.time.unix === null || it.time.kind === "unknown") return { key: "time.unknown" };
  const kind = it.time.kind === "time_stamp" ? (it.time.trusted ? "stamped" : "stamp_untrusted") : "claimed";
  return { key: `time.${kind}`, params: { time: format(it.time.unix) } };
}

export function pages(it: Signature): Line {
  if (it.pages.length === 0) return { key: "pages.none" };
  return { key: "pages.some", params: { list: ranges(it.pages), count: it.pages.length } };
}

/** `1, 2, 3, 5` as `1–3, 5`. */
export function ranges(numbers: number[]): string {
  const parts: [number, number][] = [];
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const last = parts.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join("、");
}

/** Why, each sentence once: the catalogue's where it has one, else the server's. */
export function reasons(it: Signature): Line[] {
  const lines = it.codes.map((code, index): Line => {
    const known = (KNOWN_CODES as readonly string[]).includes(code);
    return known ? { key: `reason.${code}` } : { key: "reason.other", params: { text: it.reasons[index] ?? code } };
  });
  return lines.filter((line, index) => lines.findIndex((other) => other.key === line.key && other.params?.["text"] === line.params?.["text"]) === index);
}

/** Codes of errors that the catalogue has a sentence for. */
const PROBLEMS = ["not_a_pdf_name", "too_large_here", "body_too_large", "rate_limited", "busy", "timeout", "offline", "unreadable_answer"];
const REFUSALS = ["not_pdf", "damaged", "password_needed", "encrypted_unsupported", "no_pages", "limits"];

export function problem(code: string, params: Record<string, unknown>): Line {
  if (code === "pdf_refused") {
    const reason = String(params["reason"]);
    return { key: REFUSALS.includes(reason) ? `problem.pdf_refused.${reason}` : "problem.pdf_refused.other" };
  }
  const seconds = Number(params["retry_after_s"] ?? 60);
  return PROBLEMS.includes(code) ? { key: `problem.${code}`, params: { seconds } } : { key: "problem.other", params: { code } };
}
