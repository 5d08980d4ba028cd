// IDV-1, first step: name and number, checked here first and then with the authority.
import { idCard, personName } from "@hulian/ui";
import { computed, ref } from "vue";
import { instant } from "../../shared/format";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { rememberPasswordFacts } from "../unlock/facts";

export function useIdentity(done: () => void) {
  // Not a draft that outlives the page: an ID number is not left behind in a browser's storage.
  const name = ref("");
  const number = ref("");
  const realName = computed(() => personName(name.value));
  const card = computed(() => idCard(number.value.trim(), instant(Date.now() * 1000, "day")));
  const ready = computed(() => realName.value !== null && "number" in card.value);

  const prove = useAction(
    async () => {
      if (realName.value === null || !("number" in card.value)) return;
      const body = { nationality: "CN", name: realName.value, id_number: card.value.number };
      await take(useApi().POST("/api/v1/identity", { body }));
      rememberPasswordFacts({ birth_date: card.value.born });
      done();
    },
    { quiet: true },
  );
  return { name, number, realName, card, ready, prove };
}
