// IDV-3: a document from elsewhere. Photos and what is no number survive a reload; after a refusal the server brings back the rest.
import { computed, ref } from "vue";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import type { Progress } from "./useProgress";

export const KINDS: Record<string, readonly string[]> = {
  HK: ["home_return_permit", "hk_id_card", "residence_permit"],
  MO: ["home_return_permit", "residence_permit"],
  TW: ["taiwan_permit", "residence_permit"],
};
const ELSEWHERE = ["passport", "permanent_residence"] as const;
export const kindsOf = (nationality: string): readonly string[] => KINDS[nationality] ?? ELSEWHERE;

export function useDocument(nationality: () => string, refused: Progress["document_review"], done: () => Promise<unknown>) {
  const { draft, clear } = useDraft("document", () => ({ name: refused?.name ?? "", kind: refused?.document_kind ?? "", front: "", back: "", handheld: "" }));
  const number = ref(refused?.document_number ?? "");
  const kind = computed({
    get: () => (kindsOf(nationality()).includes(draft.kind) ? draft.kind : (kindsOf(nationality())[0] as string)),
    set: (chosen) => (draft.kind = chosen),
  });
  const hasBack = computed(() => kind.value !== "passport");
  const ready = computed(() => draft.name.trim() !== "" && number.value.trim() !== "" && draft.front !== "" && draft.handheld !== "" && (!hasBack.value || draft.back !== ""));

  const ask = useAction(
    async () => {
      const body = {
        nationality: nationality(),
        name: draft.name,
        document_kind: kind.value,
        document_number: number.value,
        front: draft.front,
        back: hasBack.value ? draft.back : null,
        handheld: draft.handheld,
      };
      await take(useApi().POST("/api/v1/me/document-review", { body }));
      clear();
      await done();
    },
    { quiet: true },
  );
  return { draft, number, kind, hasBack, ready, ask };
}
