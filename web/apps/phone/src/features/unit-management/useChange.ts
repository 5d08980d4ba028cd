// UMG-4: which facts change, what proves it, and what came of it. Names and papers survive a reload, an ID number does not.
import { idCard, unitName } from "@hulian/ui";
import { computed, ref } from "vue";
import { instant } from "../../shared/format";
import { createOnce } from "../../shared/once";
import { asProblem } from "../../shared/problem";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLive } from "../../shared/useLive";
import { askChange, change, type ChangeWish } from "./wire";

export function useChange(unit_id: string) {
  const live = useLive((after, signal) => change(unit_id, after, signal));
  const fresh = () => ({ renames: false, names: false, name: "", person: "", licence: "", front: "", back: "", authorisation: "", proof: "" });
  const { draft } = useDraft(`unit-change-${unit_id}`, fresh);
  const idNumber = ref("");
  const number = computed(() => idNumber.value.trim().toUpperCase());
  const numberFits = computed(() => "number" in idCard(number.value, instant(Date.now() * 1000, "day")));
  const done = ref(false);
  /** The last automatic check failed so that an operator may look. */
  const offered = ref(false);
  const once = createOnce();

  const name = computed(() => unitName(draft.name));
  const ready = computed(() => {
    const renamed = !draft.renames || name.value !== null;
    const named = !draft.names || (draft.person.trim().length > 1 && numberFits.value && [draft.front, draft.back, draft.authorisation].every((paper) => paper !== ""));
    return (draft.renames || draft.names) && renamed && named && draft.licence !== "";
  });

  const send = useAction(
    async (review: boolean) => {
      const paper = (id: string) => (draft.names && id ? id : null);
      const body: ChangeWish = {
        name: draft.renames ? name.value : null,
        legal_representative: draft.names ? { name: draft.person.trim(), id_number: number.value } : null,
        papers: { licence: draft.licence, representative_front: paper(draft.front), representative_back: paper(draft.back), authorisation: paper(draft.authorisation), proof: draft.proof || null },
        review,
      };
      offered.value = false;
      try {
        // A check that failed is asked for anew: the register may have been brought up to date meanwhile.
        const { state } = await askChange(unit_id, body, once({ body, tries: ++tries }));
        done.value = state === "passed";
      } catch (reason) {
        offered.value = asProblem(reason).params["review_offered"] === true;
        throw reason;
      }
      Object.assign(draft, fresh());
      idNumber.value = "";
      await live.reload();
    },
    { quiet: true },
  );
  let tries = 0;
  return { ...live, draft, idNumber, numberFits, name, ready, done, offered, send };
}
