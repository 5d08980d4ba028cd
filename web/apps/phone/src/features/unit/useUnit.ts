// A unit with what hangs on it here: the caller's own certificates for it, and its seals. What an operator or a bank does shows
// by itself.
import { holdings, sealsOf, unitOf, type Holding, type Seal, type Unit } from "../../shared/catalogue";
import { useLive } from "../../shared/useLive";
import { news } from "./wire";

export interface UnitView {
  version: number;
  unit: Unit;
  holdings: Holding[];
  seals: Seal[];
}

export function useUnit(unit_id: string) {
  return useLive<UnitView>(async (after, signal) => {
    const asked = news(after, signal);
    if (after !== null) await asked;
    const [version, unit, held, seals] = await Promise.all([
      asked,
      unitOf(unit_id),
      holdings(),
      sealsOf(unit_id),
    ]);
    return { version, unit, holdings: held.filter((one) => one.unit?.unit_id === unit_id), seals };
  });
}
