// Passing and refusing. The list follows what other administrators do; a decision that came too late says so and leaves.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import { askReason, toast } from "../../shared/feedback";
import { useAction } from "../../shared/useAction";
import { useLive } from "../../shared/useLive";
import { decide, tasks, type Task, type Verdict } from "./wire";

export function useTasks(unit_id: string) {
  const { t } = useI18n();
  const live = useLive((after, signal) => tasks(unit_id, after, signal));
  const deciding = useAction(async (task: Task, verdict: Verdict, reason: string) => {
    try {
      await decide(task.application_id, verdict, reason);
      toast(t(`member.decided.${verdict}`));
    } finally {
      await live.reload();
    }
  });

  async function pass(task: Task): Promise<void> {
    const name = task.kind === "join" ? task.applicant_name : task.subject_name;
    const message = task.kind === "removal" ? t("member.remove_text") : "";
    const reason = await askReason({ title: t(`member.pass_question.${task.kind}`, { name }), message, label: t("member.pass_reason"), yes: t("member.pass"), optional: true });
    if (reason !== null) await deciding.run(task, "pass", reason);
  }
  async function refuse(task: Task): Promise<void> {
    const reason = await askReason({ title: t("member.refuse_question"), label: t("member.refuse_reason"), yes: t("member.refuse") });
    if (reason !== null) await deciding.run(task, "refuse", reason);
  }
  return { ...live, pass, refuse, busy: computed(() => deciding.pending.value) };
}
