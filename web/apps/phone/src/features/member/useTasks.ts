// Passing and refusing. The list follows what other administrators do; a decision that came too late says so and leaves.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import { sealsOf } from "../../shared/catalogue";
import { askReason, toast } from "../../shared/feedback";
import { useAction } from "../../shared/useAction";
import { useLive } from "../../shared/useLive";
import { useLoad } from "../../shared/useLoad";
import { askedWords } from "./asked";
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

  const words = (task: Task) => askedWords(task, (kind) => t(`seal.kind.${kind}`));
  // A unit may have several of a kind: the picture says which one is meant.
  const pictures = useLoad(async () => new Map((await sealsOf(unit_id)).map(({ seal_id, svg }) => [seal_id, svg])));
  const svg = (task: Task): string => pictures.data.value?.get(task.seal?.seal_id ?? "") ?? "";

  async function pass(task: Task): Promise<void> {
    const about = words(task);
    const reason = await askReason({ title: t(`member.pass_question.${task.kind}`, about), message: t(`member.pass_text.${task.kind}`, about), label: t("member.pass_reason"), yes: t("member.pass"), optional: true });
    if (reason !== null) await deciding.run(task, "pass", reason);
  }
  async function refuse(task: Task): Promise<void> {
    const reason = await askReason({ title: t("member.refuse_question"), label: t("member.refuse_reason"), yes: t("member.refuse") });
    if (reason !== null) await deciding.run(task, "refuse", reason);
  }
  return { ...live, words, svg, pass, refuse, busy: computed(() => deciding.pending.value) };
}
