// UNIT-1, UNIT-2: a company registered by its legal representative, or by an administrator with a power of attorney. Form and
// check digit are judged here, papers and the register by the server; where those fail too often, an operator looks (UNIT-3).
import { idNumberFault, personName, unitName, usccFault } from "@hulian/ui";
import { computed, onMounted, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { useRoute, useRouter } from "vue-router";
import { toast } from "../../shared/feedback";
import { createOnce } from "../../shared/once";
import { asProblem } from "../../shared/problem";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { askReview, recognise, register as send, review, reviewOffered, type PaperRole } from "./wire";

export const ROLES: PaperRole[] = ["power_of_attorney", "representative_front", "representative_back"];
export type Way = "legal_representative" | "administrator";

interface Draft {
  way: Way;
  name: string;
  uscc: string;
  representative: string;
  materials: Record<PaperRole, string>;
  papers: Record<PaperRole, string>;
}

const none = (): Record<PaperRole, string> => ({ power_of_attorney: "", representative_front: "", representative_back: "" });

export function useRegister() {
  const { t } = useI18n();
  const route = useRoute();
  const router = useRouter();
  const { draft, clear } = useDraft<Draft>("register-unit", () => ({ way: "legal_representative", name: "", uscc: "", representative: "", materials: none(), papers: none() }));
  /** Never kept on the phone. */
  const number = ref("");
  const offered = ref(false);
  const refused = ref("");
  const once = createOnce();
  const name = computed(() => unitName(draft.name));
  const uscc = computed(() => draft.uscc.trim().toUpperCase());
  const fault = computed(() => usccFault(uscc.value));
  const stated = computed(() => name.value !== null && fault.value === null);
  const byAdministrator = computed(() => draft.way === "administrator");
  const representative = computed(() => personName(draft.representative));
  const numberFits = computed(() => idNumberFault(number.value.trim()) === null);
  const read = computed(() => ROLES.every((role) => draft.papers[role] !== ""));
  const ready = computed(() => stated.value && (!byAdministrator.value || (representative.value !== null && numberFits.value && read.value)));
  /** What an operator looks at need not be read, only handed in. */
  const reviewReady = computed(() => stated.value && (!byAdministrator.value || (draft.representative.trim() !== "" && number.value.trim().length >= 4 && ROLES.every((role) => draft.materials[role] !== ""))));
  const registered = shallowRef<{ unit_id: string; state: string; unit_code: string } | null>(null);

  /** UNIT-4: nobody registers it twice, but one may join it. */
  const exists = ref(false);

  function failed(reason: unknown): never {
    const { code, params } = asProblem(reason);
    exists.value = code === "unit_exists";
    offered.value ||= params["review_offered"] === true;
    throw reason;
  }

  /** Reads a paper and fills in what it says, where nothing is typed yet. */
  async function take(role: PaperRole, material_id: string): Promise<void> {
    draft.papers[role] = "";
    const paper = await recognise(role, material_id).catch(failed);
    draft.papers[role] = paper.paper_id;
    const says = (field: string) => paper.fields.find((one) => one.name === field)?.text ?? "";
    if (role === "representative_front") {
      draft.representative ||= says("name");
      number.value ||= says("id_number");
    } else if (role === "power_of_attorney") {
      draft.name ||= says("company");
      draft.uscc ||= says("uscc");
    }
  }

  const register = useAction(
    async () => {
      if (name.value === null) return;
      const unit = { name: name.value, uscc: uscc.value };
      const body = byAdministrator.value
        ? { as: "administrator" as const, ...unit, representative: { name: representative.value ?? "", id_number: number.value.trim().toUpperCase() }, papers: { ...draft.papers } }
        : { as: "legal_representative" as const, ...unit };
      exists.value = false;
      registered.value = await send(body, once(body)).catch(failed);
      clear();
    },
    { quiet: true },
  );

  const handOver = useAction(
    async () => {
      if (name.value === null) return;
      const unit = { name: name.value, uscc: uscc.value };
      await askReview(
        byAdministrator.value
          ? { about: "administrator", ...unit, representative_name: draft.representative.trim(), representative_number: number.value.trim(), ...draft.materials }
          : { about: "legal_representative", ...unit },
      ).catch(failed);
      clear();
      toast(t("unit_page.handed_over"));
      await router.replace("/units");
    },
    { quiet: true },
  );

  /** What was refused comes back with what was typed. */
  async function again(case_id: string): Promise<void> {
    const { facts, materials, reason } = await review(case_id);
    refused.value = reason ?? "";
    const by = facts["registrant"] === "administrator" ? "administrator" : "legal_representative";
    Object.assign(draft, { way: by, name: facts["name"] ?? "", uscc: facts["uscc"] ?? "", representative: facts["representative_name"] ?? "" });
    number.value = facts["representative_number"] ?? "";
    for (const { role, material_id } of materials) if (role in draft.materials) draft.materials[role as PaperRole] = material_id;
  }

  onMounted(async () => {
    const wanted = route.query["case"];
    const [offer] = await Promise.allSettled([reviewOffered(), typeof wanted === "string" ? again(wanted) : undefined]);
    if (offer.status === "fulfilled") offered.value ||= offer.value;
  });
  return { draft, number, name, uscc, fault, numberFits, ready, reviewReady, byAdministrator, offered, refused, take, register, handOver, registered, exists };
}
