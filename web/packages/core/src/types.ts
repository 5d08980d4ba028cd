// The phone's half as the app sees it. What is secret stays behind this line: shares, stretched passwords and unlocked
// keys live in the worker and never come out of it.

/** How the person proves that it is them, at every use of a certificate. `run`: the unlock that a continuous run keeps. */
export type Unlock = { by: "password"; password: string } | { by: "fingerprint" } | { by: "run" };

/** What a long step is doing now, for the progress line. */
export type Progress = (step: "stretching" | "unlocking" | "making_key" | "waiting_server" | "signing" | "verifying" | "saving") => void;

/** A calling code with its plus sign. */
export type Area = string;
export type Edition = "standard" | "legal_representative";
export type Algorithm = "rsa" | "sm2";

/** Why a password must not be taken (PWD-1). */
export type PasswordWeakness = "not_six_digits" | "repeated" | "run" | "birth_date" | "phone";

/** How this browser keeps what it keeps; lost storage is a normal state with a way out (reissue). */
export interface StorageState {
  /** The browser promised not to evict it. */
  persisted: boolean;
  /** Holdings whose half rests here, with when it was last used. */
  shares: { holding_id: string; algorithm: Algorithm; installed_at_us: number; last_used_at_us: number | null }[];
  /** Opened inside another app's browser, where storage is another and cameras may be refused. */
  in_app_browser: boolean;
}

export interface FingerprintState {
  /** This browser offers a platform authenticator with the PRF extension. */
  offered: boolean;
  enabled: boolean;
}

/** Errors that are not the server's: the app finds words for `code` in the same catalogue. */
export class PhoneError extends Error {
  constructor(
    /**
     * `no_share`, `share_damaged`, `server_differs`, `cosign_refused`, `locked_in_other_tab`, `fingerprint_failed` `{reason}`, `offline`, `not_signed_in`,
     * `storage_unavailable`, `password_weak` `{weakness}`, `password_wrong` `{attempts_left}`, `password_renew`, `run_ended`, `reset_ended`.
     */
    readonly code: string,
    readonly params: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(code, options);
    this.name = "PhoneError";
  }
}

/** The server's refusal (RFC 9457). */
export class ProblemError extends Error {
  constructor(
    readonly code: string,
    readonly status: number,
    readonly params: Record<string, unknown>,
  ) {
    super(code);
    this.name = "ProblemError";
  }
}
