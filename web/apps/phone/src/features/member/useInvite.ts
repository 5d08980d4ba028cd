// The numbers that are to be invited; they survive a reload until they are sent.
import { mobileNumber, type Area } from "@hulian/ui";
import { computed } from "vue";
import { useI18n } from "vue-i18n";
import { useRouter } from "vue-router";
import { toast } from "../../shared/feedback";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { invite } from "./wire";

interface Number {
  area: Area;
  number: string;
}
/** The address book, where a browser offers it (Contact Picker API). */
interface Book {
  select(properties: ["tel"], options: { multiple: true }): Promise<{ tel?: string[] }[]>;
}

/** A number as address books write it: with or without the area. */
export function fromAddressBook(text: string): Number | null {
  const plain = text.replace(/[\s()-]/g, "").replace(/^00/, "+");
  const area = (["+852", "+853", "+886", "+86"] as const).find((code) => plain.startsWith(code));
  const number = mobileNumber(area ?? "+86", area ? plain.slice(area.length) : plain);
  return number === null ? null : { area: area ?? "+86", number };
}

export function useInvite(unit_id: string) {
  const { t } = useI18n();
  const router = useRouter();
  const { draft, clear } = useDraft<Number & { numbers: Number[] }>(`invite-${unit_id}`, () => ({ area: "+86", number: "", numbers: [] }));
  const national = computed(() => mobileNumber(draft.area, draft.number));

  function put(one: Number): void {
    if (!draft.numbers.some((other) => other.area === one.area && other.number === one.number)) draft.numbers.push(one);
  }
  function add(): void {
    if (national.value === null) return;
    put({ area: draft.area, number: national.value });
    draft.number = "";
  }
  const drop = (at: number) => void draft.numbers.splice(at, 1);

  const book = (navigator as { contacts?: Book }).contacts;
  const fromBook = book
    ? useAction(async () => {
        const picked = await book.select(["tel"], { multiple: true });
        for (const text of picked.flatMap((one) => one.tel ?? [])) {
          const found = fromAddressBook(text);
          if (found) put(found);
        }
      })
    : null;

  const send = useAction(
    async () => {
      add();
      await invite(unit_id, draft.numbers);
      clear();
      toast(t("member.invite_sent"));
      await router.replace(`/units/${unit_id}`);
    },
    { quiet: true },
  );
  return { draft, national, add, drop, fromBook, send };
}
