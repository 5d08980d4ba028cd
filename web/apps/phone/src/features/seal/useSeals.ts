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

/** One seal, and whether it is the person's own: on the page of a unit there are others too. */
export function useSeal(seal_id: string, unit_id: string | null) {
  const among = (seals: Seal[]): Seal | null => seals.find((seal) => seal.seal_id === seal_id) ?? null;
  return useLoad<{ seal: Seal | null; own: boolean }>(async () => {
    const own = among(await ownSeals());
    if (own || unit_id === null) return { seal: own, own: true };
    return { seal: among(await sealsOf(unit_id)), own: false };
  });
}
