// Asks for the unlock from anywhere: the sheet is an app of its own, loaded when first needed, so that no page must
// carry it and the first page stays light.
import type { Phone, Progress, Unlock } from "@hulian/core";
import { createApp } from "vue";
import { i18n } from "../../i18n";
import { usePhone } from "../../shared/usePhone";
import type { UnlockHost } from "./useUnlock";

export interface UnlockWish {
  /** What for, in words: 签章：投标文件.pdf. */
  reason: string;
  /** Which certificate is meant; the core finds the wrapping of its share by it. */
  holdingId?: string;
  /** For what a fingerprint cannot stand in: switching it on. */
  passwordOnly?: boolean;
}

function unlockHost(phone: Phone, wish: UnlockWish): UnlockHost {
  return {
    fingerprint: () => (wish.passwordOnly ? Promise.resolve({ offered: false, enabled: false }) : phone.fingerprint()),
    async passwordState() {
      const { data } = await phone.api.GET("/api/v1/password");
      return { attempts_left: data?.attempts_left ?? 0, locked_until_us: data?.locked_until_us ?? null };
    },
  };
}

/** What was under way waits, and is gone back to. */
async function forgotten(): Promise<void> {
  const { router } = await import("../../router");
  await router.push({ path: "/password/forgotten", query: { to: router.currentRoute.value.fullPath } });
}

/**
 * Unlocks and does `action` under the sheet, which shows its progress. A wrong password, a lock or a finger that was not
 * read is told in the sheet and tried again there; other errors are thrown. Null: the person turned back.
 */
export async function withUnlock<T>(wish: UnlockWish, action: (unlock: Unlock, progress: Progress) => Promise<T>): Promise<T | null> {
  const { default: UnlockSheet } = await import("./UnlockSheet.vue");
  const place = document.body.appendChild(document.createElement("div"));
  return new Promise<T | null>((resolve, reject) => {
    let result: T | null = null;
    const app = createApp(UnlockSheet, {
      reason: wish.reason,
      host: unlockHost(usePhone(), wish),
      act: async (unlock: Unlock, progress: Progress) => {
        result = await action(unlock, progress);
      },
      forgotten: () => void forgotten(),
      close: (outcome: { error: unknown } | "cancelled") => {
        app.unmount();
        place.remove();
        if (outcome === "cancelled") resolve(null);
        else if (outcome.error === null) resolve(result);
        else reject(outcome.error as Error);
      },
    });
    app.use(i18n).mount(place);
  });
}

/** Only the unlock, for who uses it later; a password that turns out wrong is theirs to ask for again. */
export function askUnlock(wish: UnlockWish): Promise<Unlock | null> {
  return withUnlock(wish, (unlock) => Promise.resolve(unlock));
}
