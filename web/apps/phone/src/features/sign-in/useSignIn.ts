// ACC-2: number, code, agreement. The draft keeps what was typed over a reload; the code is never kept.
import { mobileNumber, type Area } from "@hulian/ui";
import type { Edition } from "@hulian/core";
import { computed, ref } from "vue";
import { asProblem } from "../../shared/problem";
import { useAction } from "../../shared/useAction";
import { useCode } from "../../shared/useCode";
import { useDraft } from "../../shared/useDraft";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";
import { deviceName } from "./device-name";

interface Draft {
  edition: Edition;
  area: Area;
  number: string;
  agreed: boolean;
}

export function useSignIn(done: () => void) {
  const { draft, clear } = useDraft<Draft>("sign-in", () => ({ edition: "standard", area: "+86", number: "", agreed: false }));
  const nobodysLegalRepresentative = ref(false);
  const national = computed(() => mobileNumber(draft.area, draft.number));
  const code = useCode(() => usePhone().requestCode(draft.area, national.value ?? draft.number));
  const ready = computed(() => national.value !== null && code.whole.value && draft.agreed);

  const enter = useAction(
    async () => {
      if (national.value === null) return;
      nobodysLegalRepresentative.value = false;
      try {
        const request = { area: draft.area, number: national.value, code: code.code.value, edition: draft.edition, device_name: deviceName(navigator.userAgent) };
        await usePhone().signIn(request);
      } catch (reason) {
        nobodysLegalRepresentative.value = asProblem(reason).code === "legal_representative_unknown";
        throw reason;
      }
      clear();
      await useMe().load();
      done();
    },
    { quiet: true },
  );

  return { draft, code, national, ready, enter, nobodysLegalRepresentative };
}
