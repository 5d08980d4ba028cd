// A member's wish for certificates or seals of a unit. What was picked and typed survives a reload.
import { computed, watch } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";
import { units, type Unit } from "../../shared/catalogue";
import { toast } from "../../shared/feedback";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLoad } from "../../shared/useLoad";

export interface AskDraft {
  unit: string;
  picked: string[];
  /** Of seals only. */
  until: string;
  reason: string;
}

export interface Ask<I> {
  name: "certificate" | "seal";
  until: string;
  /** What the unit has to ask for. */
  list: (unit_id: string) => Promise<I[]>;
  /** The id of one that may be asked for; null for the others. */
  open: (item: I) => string | null;
  send: (draft: AskDraft) => Promise<void>;
}

/** Units of which one is a member; administrators have nobody to ask. */
export const asksOf = (all: Unit[]): Unit[] => all.filter(({ role, state }) => role === "member" && state === "certified");

export function useAsk<I>(kind: Ask<I>) {
  const { t } = useI18n();
  const router = useRouter();
  const asked = useRoute().query["unit"];
  const { draft, clear } = useDraft<AskDraft>(`ask-${kind.name}`, () => ({ unit: "", picked: [], until: kind.until, reason: "" }));
  if (typeof asked === "string" && asked !== draft.unit) Object.assign(draft, { unit: asked, picked: [] });

  const load = useLoad(async () => {
    const mine = asksOf(await units());
    if (!mine.some(({ unit_id }) => unit_id === draft.unit)) Object.assign(draft, { unit: mine[0]?.unit_id ?? "", picked: [] });
    return { units: mine, unit: draft.unit, items: draft.unit === "" ? [] : await kind.list(draft.unit) };
  });
  const { data } = load;
  watch(() => draft.unit, (unit) => {
    if (data.value && data.value.unit !== unit) void load.reload();
  });
  const open = computed(() => (data.value?.items ?? []).map(kind.open).filter((id) => id !== null));
  // What has been decided or voided meanwhile is not asked for.
  const picked = computed(() => draft.picked.filter((id) => open.value.includes(id)));

  const send = useAction(
    async () => {
      await kind.send({ ...draft, picked: picked.value, reason: draft.reason.trim() });
      clear();
      toast(t("member.sent"));
      await router.replace("/applications");
    },
    { quiet: true },
  );
  return { ...load, draft, picked, send, ready: computed(() => picked.value.length > 0 && draft.reason.trim() !== "") };
}
