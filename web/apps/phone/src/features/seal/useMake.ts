// SEAL-1: the company seal from its template. The server draws the preview with the hand that draws the seal.
import { computed, onScopeDispose, ref, watch } from "vue";
import { units } from "../../shared/catalogue";
import { createOnce } from "../../shared/once";
import { problemText } from "../../shared/problem";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useDraft } from "../../shared/useDraft";
import { useLoad } from "../../shared/useLoad";

export const DIAMETERS_MM = [38, 40, 42] as const;
export const BOTTOM_TEXT_MAX = 12;
const PAUSE_MS = 300;

export interface SealWish {
  unit: string;
  diameter_mm: number;
  bottom_text: string;
  code: string;
}

export function sealBody(wish: SealWish) {
  const bottom = wish.bottom_text.trim();
  return { unit_id: wish.unit, kind: "company", style: { diameter_mm: wish.diameter_mm }, bottom_text: bottom === "" ? null : bottom, code: wish.code === "" ? null : wish.code };
}

export const codeHolds = (code: string): boolean => code === "" || /^\d{13}$/.test(code);

export function useMake(unit: string | null, made: (seal_id: string) => void) {
  const { draft: wish, clear } = useDraft<SealWish>("seal", () => ({ unit: "", diameter_mm: 40, bottom_text: "", code: "" }));
  if (unit) wish.unit = unit;
  const load = useLoad(async () => (await units()).filter(({ role, state }) => role === "administrator" && state === "certified"));
  const svg = ref("");
  const refusal = ref("");
  const ready = computed(() => wish.unit !== "" && codeHolds(wish.code) && refusal.value === "");
  const once = createOnce();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;

  async function draw(): Promise<void> {
    const mine = ++turn;
    try {
      const drawn = await take(useApi().POST("/api/v1/seals/preview", { body: sealBody(wish), parseAs: "text" }));
      if (mine === turn) [svg.value, refusal.value] = [String(drawn), ""];
    } catch (reason) {
      if (mine === turn) refusal.value = problemText(reason);
    }
  }
  watch(load.data, (list) => {
    if (list && !list.some(({ unit_id }) => unit_id === wish.unit)) wish.unit = list[0]?.unit_id ?? "";
  });
  watch([wish, load.data], () => {
    clearTimeout(timer);
    if (load.data.value && wish.unit !== "" && codeHolds(wish.code)) timer = setTimeout(() => void draw(), PAUSE_MS);
  }, { immediate: true });
  onScopeDispose(() => clearTimeout(timer));

  const make = useAction(
    async () => {
      const body = sealBody(wish);
      const { seal_id } = await take(useApi().POST("/api/v1/seals", { body, headers: once(body) }));
      clear();
      made(seal_id);
    },
    { quiet: true },
  );
  return { ...load, wish, svg, refusal, ready, make };
}
