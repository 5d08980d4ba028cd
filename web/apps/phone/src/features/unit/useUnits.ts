// UNIT-11: the units somebody belongs to, those that operators look at, and those that they have asked to join; a decision shows
// by itself.
import type { Unit } from "../../shared/catalogue";
import { useLive } from "../../shared/useLive";
import { applications, type Own } from "../member/wire";
import { own, type Pending } from "./wire";

export interface UnitsView {
  version: number;
  units: Unit[];
  pending: Pending[];
  joining: Own[];
}

export function useUnits() {
  return useLive<UnitsView>(async (after, signal) => {
    // What is waited for decides when the units are read; without waiting both are read at once.
    const asked = applications(after, signal);
    if (after !== null) await asked;
    const [{ version, items }, mine] = await Promise.all([asked, own()]);
    return { version, units: mine.items as Unit[], pending: mine.pending, joining: items.filter((one) => one.kind === "join" && one.state === "pending") };
  });
}
