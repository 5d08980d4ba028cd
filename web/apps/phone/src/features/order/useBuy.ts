// CERT-1: from whom it is for to how many, on one page; the confirm page reads the same draft.
import { computed, watch } from "vue";
import { holdings, platforms, units } from "../../shared/catalogue";
import { useDraft } from "../../shared/useDraft";
import { useLoad } from "../../shared/useLoad";
import { buyersOf, freshWish, grantedOf, kindsAt, productsFor, settle, termsOf, totalOf, type Wish } from "./wish";

export function useBuy() {
  const { draft: wish, clear } = useDraft<Wish>("buy", freshWish);
  const load = useLoad(async () => {
    const [mine, offered, held] = await Promise.all([units(), platforms(), holdings()]);
    return { units: buyersOf(mine, held), platforms: offered, held };
  });
  const { data } = load;
  const platform = computed(() => data.value?.platforms.find(({ platform_id }) => platform_id === wish.platform) ?? null);
  const unit = computed(() => data.value?.units.find(({ unit_id }) => unit_id === wish.unit) ?? null);
  const kinds = computed(() => (platform.value ? kindsAt(platform.value, wish.unit, data.value?.held ?? [], Date.now() * 1000) : []));
  const granted = computed(() => (unit.value ? grantedOf(unit.value, data.value?.held ?? []) : null));
  const products = computed(() => (platform.value ? productsFor(platform.value, wish.kind, granted.value) : []));
  const terms = computed(() => (platform.value ? termsOf(platform.value, wish.kind, wish.product) : []));
  const product = computed(() => products.value.find(({ product_id }) => product_id === wish.product) ?? null);
  const total = computed(() => totalOf(platform.value, wish));

  watch([data, () => wish.unit, () => wish.platform, () => wish.kind, () => wish.product], () => {
    if (!data.value) return;
    if (wish.unit !== "me" && !unit.value) wish.unit = data.value.units.length === 1 ? (data.value.units[0]?.unit_id ?? "") : "";
    if (!platform.value && data.value.platforms.length === 1) wish.platform = data.value.platforms[0]?.platform_id ?? "";
    settle(wish, platform.value, kinds.value, granted.value);
  });
  return { ...load, wish, clear, platform, unit, kinds, products, terms, product, total };
}
