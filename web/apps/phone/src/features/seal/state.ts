// How a seal stands, as a word of the catalogue and the colour of its mark. Pure.
import type { Seal } from "../../shared/catalogue";

export type SealState = "live" | "lent" | "ended" | "voided";

/** A voided seal goes on serving members to whom it is lent (SEAL-5). */
export function sealState({ voided_at_us, lent }: Pick<Seal, "voided_at_us" | "lent">): SealState {
  if (lent) return lent.ended ? "ended" : "lent";
  return voided_at_us == null ? "live" : "voided";
}

export const isFaded = (state: SealState): boolean => state === "ended" || state === "voided";
