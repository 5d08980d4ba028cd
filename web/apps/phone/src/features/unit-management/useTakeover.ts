// MEM-6, OPS-4: the notice, the request with what proves it, and how it stands; the operator's decision shows by itself.
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import { toast } from "../../shared/feedback";
import { createOnce } from "../../shared/once";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLive } from "../../shared/useLive";
import { askTakeover, takeover } from "./wire";

export function useTakeover(unit_id: string) {
  const { t } = useI18n();
  const live = useLive((after, signal) => takeover(unit_id, after, signal));
  const fresh = () => ({ informed: false, reason: "", authorisation: "", licence: "" });
  const { draft } = useDraft(`takeover-${unit_id}`, fresh);
  const once = createOnce();
  const outside = computed(() => live.data.value?.role === null);
  const state = computed(() => live.data.value?.newest?.state ?? null);
  const ready = computed(() => draft.reason.trim() !== "" && draft.authorisation !== "" && (!outside.value || draft.licence !== ""));

  const send = useAction(
    async () => {
      const body = { reason: draft.reason.trim(), authorisation: draft.authorisation, licence: draft.licence || null };
      await askTakeover(unit_id, body, once(body));
      Object.assign(draft, fresh());
      await live.reload();
      toast(t("unit_management.takeover_sent"));
    },
    { quiet: true },
  );
  return { ...live, draft, outside, state, ready, send };
}
