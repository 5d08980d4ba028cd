// The seals of all the caller's units, each with its unit.
import { sealsOf, units, type Seal, type Unit } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";

export interface UnitSeals {
  unit: Unit;
  seals: Seal[];
}

export function useSeals() {
  return useLoad<UnitSeals[]>(async () => {
    const mine = await units();
    return Promise.all(mine.map(async (unit) => ({ unit, seals: await sealsOf(unit.unit_id) })));
  });
}
