// What a certificate's state asks for on this phone. Pure: the screen and its test read the same table.
import type { Holding } from "../../shared/catalogue";

export type Way = "install" | "reissue";
export type Next = Way | "buy" | "pack" | "ask" | null;

/** `here`: this phone's storage still has the half that the server believes to be here. */
export function nextStep(holding: Pick<Holding, "state" | "reason" | "reissues">, here: boolean): Next {
  const left = (holding.reissues?.free_left ?? 0) + (holding.reissues?.packs_left ?? 0);
  switch (holding.state) {
    case "unbought":
      return "buy";
    case "needs_install":
      return "install";
    case "needs_reissue":
      return "reissue";
    case "needs_pack":
      return "pack";
    case "usable":
    case "needs_update":
      // Cleared storage is a normal state: the way out is a reissue.
      return here ? null : left > 0 || holding.reissues === undefined ? "reissue" : "pack";
    case "not_usable":
      // A member without a grant, or without one any more (MEM-5), has somebody to ask.
      return holding.reason === "grant_missing" ? "ask" : null;
    default:
      return null;
  }
}

export type Shown = "usable" | "needs_install" | "needs_reissue" | "needs_pack" | "unbought" | "not_usable";

export function shownState(holding: Pick<Holding, "state" | "reason" | "reissues">, here: boolean): Shown {
  const next = nextStep(holding, here);
  if (holding.state === "not_usable" || next === "ask") return "not_usable";
  if (next === null) return "usable";
  return ({ install: "needs_install", reissue: "needs_reissue", pack: "needs_pack", buy: "unbought" } as const)[next];
}

export function tagKind(shown: Shown): "good" | "warn" | "bad" | "plain" {
  if (shown === "usable") return "good";
  return shown === "not_usable" ? "bad" : shown === "unbought" ? "plain" : "warn";
}
