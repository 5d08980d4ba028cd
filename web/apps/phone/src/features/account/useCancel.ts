// ACC-6: notice, reminders, code, question. What was accepted survives a reload; the code is never kept.
import type { components } from "@hulian/api";
import { computed, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { ask } from "../../shared/feedback";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useCode } from "../../shared/useCode";
import { useDraft } from "../../shared/useDraft";
import { useLoad } from "../../shared/useLoad";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";

export type Obstacle = components["schemas"]["ObstacleBody"];
export type Step = "notice" | "reminders" | "code";

export function useCancel() {
  const { t } = useI18n();
  const [api, store] = [useApi(), useMe()];
  const { draft, clear } = useDraft("cancel-account", () => ({ notice: false, reminders: false }));
  const step = computed<Step>(() => (!draft.notice ? "notice" : !draft.reminders ? "reminders" : "code"));
  const prospect = useLoad(async () => {
    const [told] = await Promise.all([take(api.GET("/api/v1/account/cancellation")), store.known()]);
    return told;
  });
  const code = useCode(async () => take(api.POST("/api/v1/account/codes", { body: { purpose: "cancel_account" } })));
  const done = shallowRef<{ due_at_us: number | null } | null>(null);

  const cancel = useAction(
    async () => {
      const told = prospect.data.value;
      if (!told) return;
      const message = told.at_once ? t("account.cancel.sure_at_once") : t("account.cancel.sure_later", { days: told.grace_days });
      if (!(await ask({ title: t("account.cancel.sure_title"), message, yes: t("account.cancel.sure_yes") }))) return;
      try {
        const body = { notice_accepted: draft.notice, reminders_accepted: draft.reminders, code: code.code.value };
        const due_at_us = (await take(api.POST("/api/v1/account/cancellation", { body }))).due_at_us ?? null;
        done.value = { due_at_us };
        clear();
        await usePhone().leave(due_at_us === null);
        store.forget();
      } catch (reason) {
        if (asProblem(reason).code === "cancellation_blocked") await prospect.reload();
        throw reason;
      }
    },
    { quiet: true },
  );
  return { draft, step, prospect, code, cancel, done };
}
