// One unlock, from the first digit to the answer of what it is for. The password is judged by the server at that use and
// nowhere else, so the sheet stays open over it: a wrong password is typed again, and nothing else is lost.
import { PhoneError, ProblemError, type FingerprintState, type Progress, type Unlock } from "@hulian/core";
import { computed, reactive, ref, shallowRef } from "vue";
import { secondsLeft, serverNowMs } from "./countdown";

/** What the sheet must know of the phone; the facade of the core fits. */
export interface UnlockHost {
  fingerprint(): Promise<FingerprintState>;
  passwordState(): Promise<{ attempts_left: number; locked_until_us: number | null }>;
}

export type Act = (unlock: Unlock, progress: Progress) => Promise<void>;
/** `reading`: whether there is a fingerprint is not known yet. */
export type UnlockMode = "reading" | "fingerprint" | "password" | "busy";
export interface UnlockNotice {
  code: string;
  params: Record<string, unknown>;
}

/** Refusals that a second try can cure; everything else ends the sheet and is told by who asked. */
export const SHEET_CURES: readonly string[] = ["password_wrong", "password_locked", "fingerprint_failed"];

export function noticeOf(error: unknown): UnlockNotice | null {
  return error instanceof ProblemError || error instanceof PhoneError ? { code: error.code, params: error.params } : null;
}

export function useUnlock(host: UnlockHost, act: Act, finish: (error: unknown) => void) {
  const mode = ref<UnlockMode>("reading");
  const finger = ref(false);
  const notice = shallowRef<UnlockNotice | null>(null);
  const lock = reactive({ until_us: null as number | null });
  const progress = ref<Parameters<Progress>[0] | null>(null);
  const locked = computed(() => lock.until_us !== null);

  async function readState() {
    const state = await host.passwordState().catch(() => null);
    lock.until_us = state?.locked_until_us ?? null;
    return state;
  }

  /** Answers whether there is a fingerprint to begin with. */
  async function open(): Promise<void> {
    const [state] = await Promise.all([host.fingerprint().catch(() => null), readState()]);
    finger.value = state?.enabled === true;
    mode.value = finger.value ? "fingerprint" : "password";
  }

  async function again(next: UnlockNotice, before: UnlockMode): Promise<void> {
    notice.value = next;
    // A finger that was not read must not be a dead end: the keys come up.
    mode.value = next.code === "fingerprint_failed" ? "password" : before;
    const retry_s = next.params["retry_after_s"];
    if (next.code === "password_locked" && typeof retry_s === "number") lock.until_us = (serverNowMs() + retry_s * 1000) * 1000;
    else if (next.params["attempts_left"] === 0) await readState();
  }

  async function unlock(by: Unlock): Promise<void> {
    const before: UnlockMode = by.by === "fingerprint" ? "fingerprint" : "password";
    notice.value = null;
    progress.value = null;
    mode.value = "busy";
    try {
      await act(by, (step) => (progress.value = step));
      finish(null);
    } catch (error) {
      const next = noticeOf(error);
      if (next && SHEET_CURES.includes(next.code)) await again(next, before);
      else finish(error);
    }
  }

  /** The time is up: the server says whether the keys open again. */
  async function lockEnded(): Promise<void> {
    if (lock.until_us === null || secondsLeft(lock.until_us, serverNowMs()) > 0) return;
    notice.value = null;
    await readState();
  }

  return { mode, finger, notice, lock, locked, progress, open, unlock, lockEnded };
}
