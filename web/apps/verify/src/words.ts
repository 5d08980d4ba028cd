// Which sentences a report is told in: keys of the catalogue with what they need. No text stands here.
import type { Line } from "@hulian/ui";
import type { Report, Signature } from "./report";

export function verdict(report: Report): Line {
  const failed = report.signatures.filter((it) => it.outcome === "failed").length;
  return { key: `verdict.${report.outcome}`, params: { count: report.signatures.length, failed } };
}

const SEAL_KINDS = ["company", "finance", "contract", "legal_representative", "name", "handwritten"];

/** Which seal: its kind, and its name where that is not the unit's own. A kind that is not known here stays unsaid. */
export function sealOf(it: Signature): Line[] {
  const kind = it.seal_kind && SEAL_KINDS.includes(it.seal_kind) ? [{ key: `seal_kind.${it.seal_kind}` }] : [];
  const name = it.seal_name && (kind.length === 0 || it.seal_name !== it.unit) ? [{ key: "seal_name", params: { name: it.seal_name } }] : [];
  return kind.length + name.length > 0 ? [...kind, ...name] : [{ key: "not_told" }];
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
