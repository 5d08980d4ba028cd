// PWD-4: a face where the phone keeps no half, the code to one's own number, then another password, twice; or, where the password was
// changed on another phone, the present one. The digits stay out of reactivity; what survives a reload is neither code nor digits.
import type { PasswordWeakness, Progress } from "@hulian/core";
import { computed, ref, shallowRef } from "vue";
import { useDraft } from "../../shared/useDraft";
import { noticeOf, type UnlockNotice } from "./useUnlock";

export interface ForgottenHost {
  passwordWeakness(password: string): PasswordWeakness | null;
  beginReset(code: string, faceCheckId: string | null): Promise<void>;
  finishReset(next: string, progress: Progress): Promise<string[]>;
  renewByReset(present: string, progress: Progress): Promise<string[]>;
}

export type ForgottenStep = "code" | "next" | "again" | "now" | "saving" | "done";
/** What says that another code is needed. */
export const ENDED: readonly string[] = ["password_reset_expired", "password_reset_not_found", "reset_ended"];

/** `query`: `for=renew`, and `to`, where to go on afterwards; a visit to the camera page must not lose them. */
export function useForgotten(host: ForgottenHost, query: { for: unknown; to: unknown; face: unknown }) {
  const { draft, clear } = useDraft("forgotten", () => ({ renew: false, to: "/password", face: "" }));
  if (query.face === undefined) {
    draft.renew = query.for === "renew";
    draft.to = typeof query.to === "string" ? query.to : "/password";
    draft.face = "";
  }
  const step = ref<ForgottenStep>("code");
  const notice = shallowRef<UnlockNotice | null>(null);
  const progress = ref<Parameters<Progress>[0] | null>(null);
  const lost = ref<string[]>([]);
  const renew = computed(() => draft.renew);
  let held = "";

  function back(to: ForgottenStep, code: string, params: Record<string, unknown> = {}): void {
    held = "";
    notice.value = { code, params };
    step.value = to;
  }

  async function begin(code: string): Promise<void> {
    notice.value = null;
    await host.beginReset(code, draft.face || null).catch((error: unknown) => {
      // It was used, or passed too long ago: another one.
      if (noticeOf(error)?.code === "face_check_not_found") draft.face = "";
      throw error;
    });
    draft.face = "";
    step.value = draft.renew ? "now" : "next";
  }

  async function save(work: (report: Progress) => Promise<string[]>, again: ForgottenStep): Promise<void> {
    step.value = "saving";
    try {
      lost.value = await work((now) => (progress.value = now));
      step.value = "done";
    } catch (error) {
      const told = noticeOf(error) ?? { code: "other", params: {} };
      back(ENDED.includes(told.code) ? "code" : again, told.code, told.params);
    }
  }

  async function typed(password: string): Promise<void> {
    notice.value = null;
    if (step.value === "next") {
      const weak = host.passwordWeakness(password);
      if (weak) return back("next", weak);
      held = password;
      step.value = "again";
    } else if (step.value === "again") {
      if (password !== held) return back("next", "differs");
      held = "";
      await save((report) => host.finishReset(password, report), "next");
    } else if (step.value === "now") {
      await save((report) => host.renewByReset(password, report), "now");
    }
  }
  return { draft, clear, renew, step, notice, progress, lost, begin, typed };
}
