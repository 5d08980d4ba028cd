// A scan session as this phone sees it (PROTOCOL section 9), read from bytes that are not trusted: whatever is signed
// later is built from these members, so each is checked for its shape and bounds first.
import { PhoneError, type Algorithm } from "./types";

export type ScanKind = "seal" | "login" | "unseal";
export type ScanState = "created" | "claimed" | "chosen" | "ready" | "signing" | "done" | "refused" | "expired" | "failed";

/** A place of the seal; millimetres with at most two decimals from the lower left corner, pages counted from 1. */
export interface Mark {
  page: number;
  x_mm: number;
  y_mm: number;
  width_mm: number;
  height_mm: number;
}

export interface Prepared {
  digest: string;
  digest_short: string;
  file_name: string;
  page_count: number;
  mode: string;
  marks: Mark[];
  seal_id: string;
  seal: { kind: string; name: string | null; svg: string } | null;
  time_us: number;
  unseal: { field: string; signature_sha256: string } | null;
}

export interface ScanView {
  code: string;
  version: number;
  state: ScanState;
  kind: ScanKind;
  purpose: string;
  asker: { asker_id: string; name: string; registered: boolean };
  /** `platform_id` is null for document sealing. */
  scope: { platform_id: string | null; name: string | null };
  ask: Record<string, unknown>;
  match_options: string[];
  matched: boolean;
  expires_at_us: number;
  chosen: { holding_id: string | null; unit_id: string | null; algorithm: Algorithm | null; certificate: string | null } | null;
  prepared: Prepared | null;
  continuous: boolean;
  run: { run_id: string; codes_left: number; idle_until_us: number } | null;
  operation_id: string | null;
  failure: { code: string } | null;
}

const STATES: readonly string[] = ["created", "claimed", "chosen", "ready", "signing", "done", "refused", "expired", "failed"];
const KINDS: readonly string[] = ["seal", "login", "unseal"];
const TEXT_MAX = 4096;
const PICTURE_MAX = 2 * 1024 * 1024;
const MARKS_MAX = 5000;

type Fields = Record<string, unknown>;

function refuse(what: string): never {
  throw new PhoneError("server_differs", { what });
}

function fields(value: unknown, what: string): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : refuse(what);
}

function text(value: unknown, what: string, max = TEXT_MAX): string {
  return typeof value === "string" && value.length <= max ? value : refuse(what);
}

function textOrNull(value: unknown, what: string): string | null {
  return value === null || value === undefined ? null : text(value, what);
}

function integer(value: unknown, what: string): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : refuse(what);
}

function list(value: unknown, what: string, max: number): unknown[] {
  return Array.isArray(value) && value.length <= max ? value : refuse(what);
}

function optional<T>(value: unknown, read: (value: unknown) => T): T | null {
  return value === null || value === undefined ? null : read(value);
}

/** Statements carry two decimals at most; anything finer could be rounded differently on the two sides. */
function millimetres(value: unknown): number {
  if (typeof value !== "number" || !Number.isFinite(value) || Math.abs(value) > 100_000) refuse("mark");
  return Math.round(value * 100) / 100 === value ? value : refuse("mark");
}

function mark(value: unknown): Mark {
  const from = fields(value, "mark");
  return {
    page: integer(from["page"], "mark"),
    x_mm: millimetres(from["x_mm"]),
    y_mm: millimetres(from["y_mm"]),
    width_mm: millimetres(from["width_mm"]),
    height_mm: millimetres(from["height_mm"]),
  };
}

function prepared(value: unknown): Prepared {
  const from = fields(value, "prepared");
  return {
    digest: text(from["digest"], "digest"),
    digest_short: text(from["digest_short"], "digest_short"),
    file_name: text(from["file_name"], "file_name"),
    page_count: integer(from["page_count"], "page_count"),
    mode: text(from["mode"], "mode"),
    marks: list(from["marks"], "marks", MARKS_MAX).map(mark),
    seal_id: text(from["seal_id"] ?? "", "seal_id"),
    seal: optional(from["seal"], (value) => {
      const seal = fields(value, "seal");
      return { kind: text(seal["kind"], "seal"), name: textOrNull(seal["name"], "seal"), svg: text(seal["svg"], "seal", PICTURE_MAX) };
    }),
    time_us: integer(from["time_us"], "time_us"),
    unseal: optional(from["unseal"], (value) => {
      const unseal = fields(value, "unseal");
      return { field: text(unseal["field"], "unseal"), signature_sha256: text(unseal["signature_sha256"], "unseal") };
    }),
  };
}

function algorithm(value: unknown): Algorithm {
  return value === "rsa" || value === "sm2" ? value : refuse("algorithm");
}

function chosen(value: unknown): NonNullable<ScanView["chosen"]> {
  const from = fields(value, "chosen");
  return {
    holding_id: textOrNull(from["holding_id"], "chosen"),
    unit_id: textOrNull(from["unit_id"], "chosen"),
    algorithm: optional(from["algorithm"], algorithm),
    certificate: optional(from["certificate"], (value) => text(value, "certificate", 32 * 1024)),
  };
}

function scope(value: unknown): ScanView["scope"] {
  const from = fields(value, "scope");
  // A view that was read before comes with the null that stands for document sealing.
  if (from["document_sealing"] === true || from["platform_id"] === null) return { platform_id: null, name: null };
  return { platform_id: text(from["platform_id"], "scope"), name: textOrNull(from["name"], "scope") };
}

/** Reads the body of a claim, a match, a choice or a look; throws `PhoneError("server_differs")`. */
export function scanView(body: unknown): ScanView {
  const from = fields(body, "view");
  const asker = fields(from["asker"], "asker");
  const state = text(from["state"], "state");
  const kind = text(from["kind"], "kind");
  if (!STATES.includes(state) || !KINDS.includes(kind)) refuse("state");
  return {
    code: text(from["code"], "code"),
    version: integer(from["version"], "version"),
    state: state as ScanState,
    kind: kind as ScanKind,
    purpose: text(from["purpose"], "purpose"),
    asker: { asker_id: text(asker["asker_id"], "asker"), name: text(asker["name"], "asker"), registered: asker["registered"] === true },
    scope: scope(from["scope"]),
    ask: fields(from["ask"] ?? {}, "ask"),
    match_options: list(from["match_options"], "match_options", 8).map((option) => text(option, "match_options", 8)),
    matched: from["matched"] === true,
    expires_at_us: integer(from["expires_at_us"], "expires_at_us"),
    chosen: optional(from["chosen"], chosen),
    prepared: optional(from["prepared"], prepared),
    continuous: from["continuous"] === true,
    run: optional(from["run"], (value) => {
      const run = fields(value, "run");
      return {
        run_id: text(run["run_id"], "run"),
        codes_left: integer(run["codes_left"], "run"),
        idle_until_us: integer(run["idle_until_us"], "run"),
      };
    }),
    operation_id: textOrNull(from["operation_id"], "operation_id"),
    failure: optional(from["failure"], (value) => ({ code: text(fields(value, "failure")["code"], "failure") })),
  };
}
