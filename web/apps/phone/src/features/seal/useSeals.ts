// One's own seals (HOME-1): personal ones, and unit by unit those that one administers or was lent.
import { ownSeals, sealsOf, units, type Seal, type Unit } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";

export interface OwnSeals {
  personal: Seal[];
  units: { unit: Unit; seals: Seal[] }[];
}

/** Every unit of the person has its place, also one without a seal of theirs. What was lent stays there when its time is over. */
export function arranged(mine: Unit[], seals: Seal[], ended: Seal[] = []): OwnSeals {
  const of = (unit: Unit) => [...seals, ...ended].filter((seal) => seal.unit?.unit_id === unit.unit_id);
  return { personal: seals.filter(({ unit }) => !unit), units: mine.map((unit) => ({ unit, seals: of(unit) })) };
}

async function endedOf(mine: Unit[]): Promise<Seal[]> {
  const as_member = mine.filter(({ role }) => role === "member");
  const all = await Promise.all(as_member.map(({ unit_id }) => sealsOf(unit_id)));
  return all.flat().filter(({ lent }) => lent?.ended === true);
}

export function useSeals() {
  return useLoad<OwnSeals>(async () => {
    const [mine, seals] = await Promise.all([units(), ownSeals()]);
    return arranged(mine, seals, await endedOf(mine));
  });
}

/** What a seal is to the person: for use, lent and over, or another seal of the unit. */
export type Standing = "own" | "ended" | "others";

/** One seal with that. On the page of a unit there are others too. */
export function useSeal(seal_id: string, unit_id: string | null) {
  const among = (seals: Seal[]): Seal | null => seals.find((seal) => seal.seal_id === seal_id) ?? null;
  return useLoad<{ seal: Seal | null; standing: Standing }>(async () => {
    const own = among(await ownSeals());
    if (own || unit_id === null) return { seal: own, standing: "own" };
    const seal = among(await sealsOf(unit_id));
    return { seal, standing: seal?.lent?.ended ? "ended" : "others" };
  });
}
