// The local API of `hulian desk`, as its page reads it.
import type { Box, PageSize } from "@hulian/pdf-view";

export interface SignedIn {
  person_name: string;
  unit: { unit_id: string; name: string; uscc: string } | null;
  until_us: number;
}

export interface Platform {
  platform_id: string;
  name: string;
  modes: ModeKind[];
}

export type ModeKind = "page" | "all" | "pages" | "straddle" | "keyword";

export interface DeskState {
  server: { url: string; reachable: boolean; sandbox: boolean; phone_url: string | null };
  asker: { name: string; registered: boolean; signed_in: SignedIn | null };
  platforms: Platform[];
  documents: DeskDocument[];
  recovered: string[];
}

export interface DocumentSeal {
  index: number;
  field: string;
  signer: string | null;
  unit: string | null;
  seal_name: string | null;
  seal_kind: string | null;
  signed_at_us: number | null;
  pages: number[];
  own: boolean;
  removable: boolean;
}

export interface DeskDocument {
  document_id: string;
  file_name: string;
  path: string | null;
  bytes: number;
  sha256: string;
  revision: number;
  page_count: number;
  pages: (PageSize & { rotate: number })[];
  seals: DocumentSeal[];
  saved: boolean;
  changed_outside: boolean;
  /** The working copy was changed by another program and is no sound PDF any more. */
  damaged?: boolean;
  /** The file that was given was damaged and written anew when it was opened. */
  repaired?: boolean;
  /** The scan that is open for it. */
  scan_id?: string | null;
}

export interface Mark extends Box {
  page: number;
}

export type Edge = "left" | "right" | "top" | "bottom";

export interface Slice {
  page: number;
  /** Parts of the seal, 0 to 1, across it (left and right edges) or down it (top and bottom). */
  from: number;
  to: number;
  edge: Edge;
}

export interface Placements {
  marks: Mark[];
  slices: Slice[] | null;
}

export interface KeywordHits {
  hits: (Mark & { text: string })[];
  pages_without_text: number[];
}

export interface SealPicture {
  seal_id: string;
  kind: string | null;
  name: string | null;
  unit_id?: string | null;
  width_mm: number;
  height_mm: number;
  svg: string;
  usable?: boolean;
  reason?: string | null;
}

export type ScanState =
  | "created" | "claimed" | "matched" | "chosen" | "choose_seal" | "ready" | "signing"
  | "landed" | "signed_in" | "removed" | "refused" | "expired" | "cancelled" | "failed" | "changed";

export interface Scan {
  scan_id: string;
  kind: "seal" | "login" | "unseal";
  document_id: string | null;
  run_id: string | null;
  state: ScanState;
  version: number;
  /** Nothing until the server has given a code. */
  code_text: string | null;
  short_code: string | null;
  match_number: string | null;
  expires_at_us: number | null;
  second_phone: boolean;
  signer: { person_name: string; unit: { unit_id: string; name: string; uscc: string } | null; algorithm: "rsa" | "sm2" } | null;
  seals: SealPicture[] | null;
  seal_id: string | null;
  digest_short: string | null;
  failure: { code: string; params?: Record<string, unknown> } | null;
  landed_ms: number | null;
}

export interface Run {
  run_id: string;
  total: number;
  done: number;
  scan: Scan | null;
}

export interface SignatureReport {
  field: string;
  signer: string | null;
  algorithm: string | null;
  outcome: "passed" | "failed" | "indeterminate";
  integrity: "intact" | "broken" | "unsupported";
  chain: "trusted" | "untrusted" | "indeterminate";
  changes: { kind: "none" | "allowed" | "forbidden" | "unexplained"; revisions: number | null };
  time: { kind: "time_stamp" | "claimed" | "unknown"; unix: number | null; trusted: boolean };
  covers_whole_file: boolean;
  /** Why, one code and one sentence for programs and their makers each. */
  codes: string[];
  reasons: string[];
}

export interface VerificationReport {
  outcome: "passed" | "failed" | "indeterminate" | "no_signature";
  last_covers_whole_file: boolean;
  signatures: SignatureReport[];
}
