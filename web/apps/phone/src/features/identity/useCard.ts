// IDV-1, second step: both sides of the ID card. Their photos survive a reload; a reader that is down is tried again by itself.
import { onScopeDispose, ref } from "vue";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";

const RETRY_MS = 5000;

export function useCard(done: () => Promise<unknown>) {
  const { draft, clear } = useDraft("id-card", () => ({ front: "", back: "" }));
  /** What was read of a name that was not read surely; null while nothing is asked. */
  const unsure = ref<string | null>(null);
  const waiting = ref(false);
  let timer: ReturnType<typeof setTimeout> | undefined;

  const check = useAction(
    async (confirmed?: boolean) => {
      clearTimeout(timer);
      waiting.value = false;
      unsure.value = null;
      try {
        await take(useApi().POST("/api/v1/me/id-card", { body: { front: draft.front, back: draft.back, name_confirmed: confirmed ?? false } }));
        clear();
        await done();
      } catch (reason) {
        const { code, params } = asProblem(reason);
        if (code === "id_card_unsure") {
          unsure.value = String(params["read"] ?? "");
          return;
        }
        // The photo at fault goes, and only that one.
        if (code === "id_card_retake") draft[params["side"] === "back" ? "back" : "front"] = "";
        if (code === "id_card_mismatch") draft.front = "";
        if (code === "id_card_expired") draft.back = "";
        if (code === "material_not_found") draft.front = draft.back = "";
        if (code === "id_card_unavailable") {
          waiting.value = true;
          timer = setTimeout(() => void check.run(confirmed), RETRY_MS);
        }
        throw reason;
      }
    },
    { quiet: true },
  );
  onScopeDispose(() => clearTimeout(timer));
  return { draft, unsure, waiting, check };
}
