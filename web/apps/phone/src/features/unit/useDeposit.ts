// UNIT-7 to UNIT-9: asking for the deposit, typing its amount back, or handing it to an operator. What the bank or an operator
// does shows by itself.
import { computed, ref, shallowRef } from "vue";
import { useI18n } from "vue-i18n";
import { useRouter } from "vue-router";
import { unitOf, type Unit } from "../../shared/catalogue";
import { toast } from "../../shared/feedback";
import { createOnce } from "../../shared/once";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLive } from "../../shared/useLive";
import { askByHand, askDeposit, branches, deposit, enterAmount, news, type Branch, type DepositView } from "./wire";

export interface DepositScene extends DepositView {
  version: number;
  unit: Unit;
}

/** What the server takes: 0.01 to 2.00, two decimals at most. */
export const amountFits = (text: string): boolean => /^\d{1,2}(\.\d{1,2})?$/.test(text.trim()) && Number(text) >= 0.01 && Number(text) <= 2;
export const accountOf = (text: string): string | null => {
  const digits = text.replace(/[ -]/g, "");
  return /^\d{6,34}$/.test(digits) ? digits : null;
};

export function useDeposit(unit_id: string) {
  const { t } = useI18n();
  const router = useRouter();
  const live = useLive<DepositScene>(async (after, signal) => {
    const version = await news(after, signal);
    const [unit, view] = await Promise.all([unitOf(unit_id), deposit(unit_id)]);
    return { version, unit, ...view };
  });
  const { draft, clear } = useDraft(`deposit-${unit_id}`, () => ({ words: "", branch: null as Branch | null, bank: "", by_hand: false }));
  /** An account's number is not kept on the phone. */
  const account = ref("");
  const amount = ref("");
  const found = shallowRef<Branch[] | null>(null);
  const once = createOnce();
  const number = computed(() => accountOf(account.value));

  const search = useAction(
    async () => {
      if (draft.words.trim().length >= 2) found.value = await branches(unit_id, draft.words.trim());
    },
    { quiet: true },
  );
  function pick(branch: Branch | null): void {
    draft.branch = branch;
  }
  const request = useAction(
    async () => {
      if (!draft.branch || !number.value) return;
      const body = { branch_code: draft.branch.code, branch_name: draft.branch.name, account: number.value };
      await askDeposit(unit_id, body, once(body));
      account.value = "";
      await live.reload();
    },
    { quiet: true },
  );
  const byHand = useAction(
    async () => {
      if (!number.value) return;
      await askByHand(unit_id, { bank: draft.bank.trim(), account: number.value });
      clear();
      toast(t("unit_page.handed_over"));
      await router.replace("/units");
    },
    { quiet: true },
  );
  const enter = useAction(
    async () => {
      try {
        await enterAmount(unit_id, amount.value.trim());
      } catch (reason) {
        await live.reload();
        throw reason;
      }
      clear();
      toast(t("unit_page.deposit.certified"));
      await router.replace(`/units/${unit_id}`);
    },
    { quiet: true },
  );
  return { live, draft, account, amount, number, found, search, pick, request, byHand, enter };
}
