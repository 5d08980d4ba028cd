// A unit with what hangs on it here: the caller's own certificates for it, and its seals.
import { holdings, sealsOf, unitOf, type Holding, type Seal, type Unit } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";

export interface UnitView {
  unit: Unit;
  holdings: Holding[];
  seals: Seal[];
}

export function useUnit(unit_id: string) {
  return useLoad<UnitView>(async () => {
    const [unit, held, seals] = await Promise.all([
      unitOf(unit_id),
      holdings(),
      sealsOf(unit_id),
    ]);
    return { unit, holdings: held.filter((one) => one.unit?.unit_id === unit_id), seals };
  });
}
