// PWD-3: two or three passwords, one after another; the pad gives each as it is complete. The digits stay out of reactivity.
import type { PasswordWeakness, Progress } from "@hulian/core";
import { ref, shallowRef } from "vue";
import { noticeOf, type UnlockNotice } from "./useUnlock";

export interface ChangeHost {
  passwordWeakness(password: string): PasswordWeakness | null;
  changePassword(present: string, next: string, progress: Progress): Promise<void>;
  renewPassword(former: string, present: string, progress: Progress): Promise<void>;
}

/** `change`: the present one, a new one, again. `renew`: the one of before, and the one of now. */
export type ChangeKind = "change" | "renew";
export type ChangeStep = "present" | "next" | "again" | "former" | "now" | "saving" | "done";

const FIRST = { change: "present", renew: "former" } as const;

export function useChange(kind: ChangeKind, host: ChangeHost) {
  const step = ref<ChangeStep>(FIRST[kind]);
  const notice = shallowRef<UnlockNotice | null>(null);
  const progress = ref<Parameters<Progress>[0] | null>(null);
  let held = { first: "", next: "" };

  function back(to: ChangeStep, code: string, params: Record<string, unknown> = {}): void {
    notice.value = { code, params };
    step.value = to;
  }

  async function save(work: (report: Progress) => Promise<void>): Promise<void> {
    step.value = "saving";
    try {
      await work((now) => (progress.value = now));
      step.value = "done";
    } catch (error) {
      const told = noticeOf(error) ?? { code: "other", params: {} };
      back(FIRST[kind], told.code, told.params);
    } finally {
      held = { first: "", next: "" };
    }
  }

  async function typed(password: string): Promise<void> {
    notice.value = null;
    const { first, next } = held;
    switch (step.value) {
      case "present":
      case "former":
        held.first = password;
        step.value = kind === "change" ? "next" : "now";
        return;
      case "next": {
        const weak = password === first ? "same" : host.passwordWeakness(password);
        if (weak) return back("next", weak);
        held.next = password;
        step.value = "again";
        return;
      }
      case "again":
        if (password !== next) return back("next", "differs");
        return save((report) => host.changePassword(first, next, report));
      case "now":
        return save((report) => host.renewPassword(first, password, report));
      default:
    }
  }
  return { step, notice, progress, typed };
}
