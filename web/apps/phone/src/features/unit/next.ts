// What comes next for a unit that is not certified (UNIT-6, UNIT-7), and how its state is shown.
import type { Unit } from "../../shared/catalogue";

export type Tone = "good" | "warn" | "bad" | "brand";

export function tone(state: string): Tone {
  if (state === "certified") return "good";
  return state === "refused" || state === "not_paid" ? "bad" : "warn";
}

/** Where an administrator goes on; none where an operator is to act, or where nothing is left. */
export function nextStep(unit: Pick<Unit, "unit_id" | "state" | "role">): string | null {
  if (unit.role !== "administrator") return null;
  if (unit.state === "uncertified") return `/units/${unit.unit_id}/licence`;
  if (unit.state === "awaits_deposit" || unit.state === "deposit_asked" || unit.state === "not_paid") return `/units/${unit.unit_id}/deposit`;
  return null;
}
