// Setting the first password: twice the same six digits, none that can be guessed, then the offer of the fingerprint.
import type { FingerprintState, PasswordWeakness, Progress } from "@hulian/core";
import { ref, shallowRef } from "vue";
import { noticeOf, type UnlockNotice } from "./useUnlock";

export interface SetupHost {
  passwordWeakness(password: string): PasswordWeakness | null;
  setPassword(password: string, progress: Progress): Promise<void>;
  fingerprint(): Promise<FingerprintState>;
  enableFingerprint(password: string, progress: Progress): Promise<void>;
}

/** `unset`: already set, perhaps on another phone. */
export type SetupStep = "first" | "again" | "saving" | "offer" | "done";

export function useSetup(host: SetupHost, failed: (error: unknown) => void) {
  const step = ref<SetupStep>("first");
  const notice = shallowRef<UnlockNotice | null>(null);
  const progress = ref<Parameters<Progress>[0] | null>(null);
  let first = ""; // Kept out of reactivity, and dropped with the last step.

  const report: Progress = (now) => (progress.value = now);

  function refuse(code: string): void {
    first = "";
    notice.value = { code, params: {} };
    step.value = "first";
  }

  async function save(): Promise<void> {
    step.value = "saving";
    try {
      await host.setPassword(first, report);
    } catch (error) {
      const known = noticeOf(error);
      refuse(known?.code ?? "other");
      return failed(error);
    }
    const finger = await host.fingerprint().catch(() => null);
    if (finger?.offered) step.value = "offer";
    else finish();
  }

  async function typed(password: string): Promise<void> {
    notice.value = null;
    if (step.value === "first") {
      const weak = host.passwordWeakness(password);
      if (weak) return refuse(weak);
      first = password;
      step.value = "again";
    } else if (step.value === "again") {
      if (password !== first) return refuse("differs");
      await save();
    }
  }

  function finish(): void {
    first = "";
    step.value = "done";
  }

  /** A finger that is not taken now can be taken later on the password page. */
  async function acceptOffer(): Promise<void> {
    notice.value = null;
    try {
      await host.enableFingerprint(first, report);
      finish();
    } catch (error) {
      notice.value = noticeOf(error) ?? { code: "fingerprint_failed", params: {} };
    }
  }

  function startOver(): void {
    first = "";
    notice.value = null;
    step.value = "first";
  }

  return { step, notice, progress, typed, acceptOffer, finish, startOver };
}
