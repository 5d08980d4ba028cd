// One's own seals (HOME-1): personal ones, and unit by unit those that one administers or was lent.
import { ownSeals, sealsOf, units, type Seal, type Unit } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";

export interface OwnSeals {
  personal: Seal[];
  units: { unit: Unit; seals: Seal[] }[];
}

/** Every unit of the person has its place, also one without a seal of theirs. */
export function arranged(mine: Unit[], seals: Seal[]): OwnSeals {
  const of = (unit: Unit) => seals.filter((seal) => seal.unit?.unit_id === unit.unit_id);
  return { personal: seals.filter(({ unit }) => !unit), units: mine.map((unit) => ({ unit, seals: of(unit) })) };
}

export function useSeals() {
  return useLoad<OwnSeals>(async () => {
    const [mine, seals] = await Promise.all([units(), ownSeals()]);
    return arranged(mine, seals);
  });
}

/** One seal: of one's own, or of the unit on whose page it was opened. */
export function useSeal(seal_id: string, unit_id: string | null) {
  return useLoad<{ seal: Seal | null }>(async () => {
    const seals = await (unit_id === null ? ownSeals() : sealsOf(unit_id));
    return { seal: seals.find((seal) => seal.seal_id === seal_id) ?? null };
  });
}
