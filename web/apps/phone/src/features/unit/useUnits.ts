// UNIT-11: the units somebody belongs to, and those that they have asked to join; an administrator's decision shows by itself.
import { units, type Unit } from "../../shared/catalogue";
import { useLive } from "../../shared/useLive";
import { applications, type Own } from "../member/wire";

export interface UnitsView {
  version: number;
  units: Unit[];
  joining: Own[];
}

export function useUnits() {
  return useLive<UnitsView>(async (after, signal) => {
    // What is waited for decides when the units are read; without waiting both are read at once.
    const asked = applications(after, signal);
    if (after !== null) await asked;
    const [{ version, items }, mine] = await Promise.all([asked, units()]);
    return { version, units: mine, joining: items.filter((one) => one.kind === "join" && one.state === "pending") };
  });
}
