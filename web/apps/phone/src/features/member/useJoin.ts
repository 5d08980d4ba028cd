// MEM-1: the search, the unit that was picked, and the request. What was typed survives a reload.
import { computed, onMounted, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";
import { toast } from "../../shared/feedback";
import { createOnce } from "../../shared/once";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { join, search, type Found } from "./wire";

interface Draft {
  text: string;
  reason: string;
  unit: { unit_id: string; name: string; uscc: string } | null;
}

export function useJoin() {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const { draft, clear } = useDraft<Draft>("join-unit", () => ({ text: "", reason: "", unit: null }));
  const found = shallowRef<Found[] | null>(null);
  const once = createOnce();
  const ready = computed(() => draft.unit !== null && draft.reason.trim() !== "");

  const find = useAction(
    async () => {
      if (draft.text.trim() !== "") found.value = await search(draft.text.trim());
    },
    { quiet: true },
  );
  function pick({ unit_id, name, uscc }: Found): void {
    draft.unit = { unit_id, name, uscc };
  }
  function again(): void {
    draft.unit = null;
  }
  const send = useAction(
    async () => {
      if (!draft.unit) return;
      const body = { reason: draft.reason.trim(), invitation: null };
      await join(draft.unit.unit_id, body, once({ ...body, unit: draft.unit.unit_id }));
      clear();
      toast(t("member.sent"));
      await router.replace("/units");
    },
    { quiet: true },
  );

  onMounted(() => {
    const wanted = route.query["q"];
    if (typeof wanted === "string" && wanted !== draft.text) Object.assign(draft, { text: wanted, unit: null });
    if (!draft.unit && draft.text !== "") void find.run();
  });
  return { draft, find, found, pick, again, send, ready };
}
