// UNIT-2: a company registered by its legal representative. Form and check digit are judged here, the rest by the register.
import { unitName, usccFault } from "@hulian/ui";
import { computed, ref, shallowRef } from "vue";
import { createOnce } from "../../shared/once";
import { asProblem } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";

export function useRegister() {
  const { draft, clear } = useDraft("register-unit", () => ({ name: "", uscc: "" }));
  const once = createOnce();
  const name = computed(() => unitName(draft.name));
  const uscc = computed(() => draft.uscc.trim().toUpperCase());
  const fault = computed(() => usccFault(uscc.value));
  const ready = computed(() => name.value !== null && fault.value === null);
  const registered = shallowRef<{ unit_id: string; state: string; unit_code: string } | null>(null);

  /** UNIT-4: nobody registers it twice, but one may join it. */
  const exists = ref(false);

  const register = useAction(
    async () => {
      if (name.value === null) return;
      const body = { as: "legal_representative" as const, name: name.value, uscc: uscc.value };
      exists.value = false;
      try {
        registered.value = await take(useApi().POST("/api/v1/units", { body, headers: once(body) }));
      } catch (reason) {
        exists.value = asProblem(reason).code === "unit_exists";
        throw reason;
      }
      clear();
    },
    { quiet: true },
  );
  return { draft, name, uscc, fault, ready, register, registered, exists };
}
