// The report as the server gives it (docs/api/cli/verify.json). It comes from outside, so it is looked at before it is believed.

export type Outcome = "passed" | "failed" | "indeterminate";

export interface Signature {
  field: string;
  signer: string | null;
  unit: string | null;
  seal_name: string | null;
  seal_kind: string | null;
  pages: number[];
  algorithm: string | null;
  outcome: Outcome;
  integrity: "intact" | "broken" | "unsupported";
  chain: "trusted" | "untrusted" | "indeterminate";
  changes: { kind: "none" | "allowed" | "forbidden" | "unexplained"; revisions: number | null };
  time: { kind: "time_stamp" | "claimed" | "unknown"; unix: number | null; trusted: boolean };
  codes: string[];
  reasons: string[];
}

export interface Report {
  outcome: Outcome | "no_signature";
  sandbox?: boolean;
  signatures: Signature[];
}

/** The report in `value`, or null when it has not the shape of one. */
export function readReport(value: unknown): Report | null {
  if (typeof value !== "object" || value === null) return null;
  const report = value as Partial<Report>;
  const outcomes = ["passed", "failed", "indeterminate", "no_signature"];
  const whole = outcomes.includes(String(report.outcome)) && Array.isArray(report.signatures);
  return whole && report.signatures!.every(isSignature) ? (report as Report) : null;
}

function isSignature(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const it = value as Partial<Signature>;
  return Array.isArray(it.pages) && Array.isArray(it.codes) && Array.isArray(it.reasons) && typeof it.changes === "object" && typeof it.time === "object";
}
