// The facade of the phone's half: everything that needs keys, in the order in which a person meets it.
// Plain reads (units, orders, holdings …) go through `api` directly.
import type { Api, components } from "@hulian/api";
import type { ScanView } from "./scan-view";
import type { Algorithm, Area, Edition, FingerprintState, PasswordWeakness, Progress, StorageState, Unlock } from "./types";

/** As the server sent it, or as `scanView` read it; it is read again before anything is signed. */
type View = components["schemas"]["PhoneViewBody"] | ScanView;

export interface Phone {
  /** Carries the access token, refreshes it once when it has run out, and throws `ProblemError` / `PhoneError("offline")`. */
  readonly api: Api;

  // Session (PROTOCOL section 2)
  requestCode(area: Area, number: string): Promise<{ resend_after_s: number; expires_in_s: number }>;
  signIn(request: { area: Area; number: string; code: string; edition: Edition; device_name: string }): Promise<void>;
  /** Tries the refresh cookie; false when nobody is signed in here. One refresh at a time over all tabs. */
  restore(): Promise<boolean>;
  readonly signedIn: boolean;
  /** Called when the session has ended elsewhere. */
  onSignedOut(listener: () => void): void;
  /** Shares stay on the device. */
  signOut(): Promise<void>;
  /**
   * The new number's code completes a change that the server knows as `phone_change_id`; the keys of this device go on under it.
   * Answers the number, masked.
   */
  changeNumber(phone_change_id: string, request: { area: Area; number: string; code: string }): Promise<string>;
  /** The account has ended (then what rests here goes with it), or will end: nobody is signed in here any more. */
  leave(ended: boolean): Promise<void>;
  /** 忘记本机: device key, secret and shares are deleted; certificates must be reissued. */
  forgetDevice(): Promise<void>;

  // Certificate password (section 4) and fingerprint (WebAuthn PRF as a second wrapping of what the password unlocks)
  passwordWeakness(password: string, facts: { birth_date?: string; phone?: string }): PasswordWeakness | null;
  setPassword(password: string, facts: { birth_date?: string; phone?: string }, progress?: Progress): Promise<void>;
  /** The halves here are wrapped anew; a fingerprint must be enabled again. */
  changePassword(present: string, next: string, facts: { birth_date?: string; phone?: string }, progress?: Progress): Promise<void>;
  /** Whether halves here are still wrapped under a password that was changed on another device. */
  passwordStale(): Promise<boolean>;
  /** Wraps those anew: `former` is the password of then, `present` the one of now. */
  renewPassword(former: string, present: string, progress?: Progress): Promise<void>;
  /** Forgotten: the code to one's own number, with a face where the server asks for one. */
  beginReset(code: string, faceCheckId: string | null): Promise<void>;
  /** Sets another password; the halves here are wrapped anew. Answers the holdings whose halves did not open: these are reissued. */
  finishReset(next: string, facts: { birth_date?: string; phone?: string }, progress?: Progress): Promise<string[]>;
  /** Instead, where the password was changed on another device and the one of before is forgotten: the halves here come under `present`. */
  renewByReset(present: string, progress?: Progress): Promise<string[]>;
  fingerprint(): Promise<FingerprintState>;
  enableFingerprint(password: string, progress?: Progress): Promise<void>;
  disableFingerprint(): Promise<void>;

  // Enrolment (section 7)
  install(holding: { holding_id: string; algorithm: Algorithm }, way: "install" | "reissue", unlock: Unlock, progress?: Progress): Promise<void>;
  /** Whether the half of this holding rests here. */
  hasShare(holdingId: string): Promise<boolean>;
  storage(): Promise<StorageState>;
  /** Asks the browser to keep the storage; call in a user gesture after an installation. */
  persist(): Promise<boolean>;

  // Scan session (section 9)
  /** The code in `{phone_url}/s/{code}`, or null when the text is not a code of this server. */
  codeOf(text: string): string | null;
  /** Checks the view against this device, signs, waits, verifies, finishes. Answers the operation's id. One signature at a time per key over all tabs. */
  confirm(view: View, unlock: Unlock, progress?: Progress): Promise<string>;
  confirmLogin(view: View): Promise<string>;
  /** Keeps the unlocked keys in the worker for a continuous run (SCAN-6), until `endRun`, 5 idle minutes or a closed page. */
  beginRun(unlock: Unlock): Promise<void>;
  endRun(): void;
}
