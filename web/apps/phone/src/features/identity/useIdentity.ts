// IDV-1, first step: name and number, checked here first and then with the authority.
import { idCard, personName } from "@hulian/ui";
import { computed, ref } from "vue";
import { instant } from "../../shared/format";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";

export function useIdentity(done: () => void) {
  // Not a draft that outlives the page: an ID number is not left behind in a browser's storage.
  const name = ref("");
  const number = ref("");
  /** Another account has the document: that one can be recovered (IDV-4). */
  const inUse = ref(false);
  const realName = computed(() => personName(name.value));
  const card = computed(() => idCard(number.value.trim(), instant(Date.now() * 1000, "day")));
  const ready = computed(() => realName.value !== null && "number" in card.value);

  const prove = useAction(
    async () => {
      if (realName.value === null || !("number" in card.value)) return;
      const body = { nationality: "CN", name: realName.value, id_number: card.value.number };
      inUse.value = false;
      const asked = take(useApi().POST("/api/v1/identity", { body }));
      await asked.catch((reason: unknown) => {
        inUse.value = asProblem(reason).code === "document_in_use";
        throw reason;
      });
      done();
    },
    { quiet: true },
  );
  return { name, number, realName, card, ready, prove, inUse };
}
