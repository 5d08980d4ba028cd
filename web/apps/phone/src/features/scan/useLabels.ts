// Names for the ids that a view carries: which certificate, for which unit, as whom.
import type { Phone, ScanView } from "@hulian/core";
import { computed, shallowRef, type Ref } from "vue";
import { take } from "../../shared/useApi";
import { useMe } from "../../shared/useMe";
import type { HereFacts, Reissues } from "./choice";
import type { ScanWire } from "./wire";

type Holding = Awaited<ReturnType<ScanWire["holdings"]>>[number] & { reissues?: Reissues };

export function useLabels(view: Readonly<Ref<ScanView | null>>, wire: ScanWire, phone: Phone) {
  const holdings = shallowRef<Holding[]>([]);
  const units = shallowRef<ReadonlyMap<string, string>>(new Map());
  const me = useMe();

  /** Only names: without them a scan goes on, with ids left unnamed. */
  async function load(): Promise<void> {
    const [held, list] = await Promise.all([
      wire.holdings().catch(() => []),
      take(phone.api.GET("/api/v1/units")).catch(() => ({ items: [] })),
      me.known().catch(() => null),
    ]);
    holdings.value = held;
    units.value = new Map(list.items.map(({ unit_id, name }) => [unit_id, name]));
  }

  async function here(): Promise<HereFacts> {
    await load();
    const shares = new Set<string>();
    for (const { holding_id } of holdings.value) if (await phone.hasShare(holding_id)) shares.add(holding_id);
    const reissues = new Map(holdings.value.flatMap(({ holding_id, reissues: left }) => (left ? [[holding_id, left] as const] : [])));
    return { shares, reissues };
  }

  const holding = computed(() => holdings.value.find(({ holding_id }) => holding_id === view.value?.chosen?.holding_id) ?? null);
  const person = computed(() => me.me?.name_masked ?? null);
  /** The unit's name; null when the person acts for themselves. */
  const unit = computed(() => {
    const id = view.value?.chosen?.unit_id;
    return id ? (units.value.get(id) ?? holding.value?.unit?.name ?? id) : null;
  });
  return { load, here, holding, person, unit, units };
}

export type Labels = ReturnType<typeof useLabels>;
