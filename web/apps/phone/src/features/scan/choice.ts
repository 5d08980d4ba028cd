// The certificates to choose from, in the order in which they help: what works now, what works after a step, what does
// not and why. What the server cannot know is put in here: whether this browser still has its half of the key.
import type { Picked } from "@hulian/core";
import type { Choices } from "./wire";

export interface Certificate {
  picked: Picked;
  product: string;
  reason: string | null;
  /** Can be picked, perhaps with a step before. */
  open: boolean;
}

export interface Identity {
  /** Null for the person themselves. */
  unit: { unit_id: string; name: string } | null;
  certificates: Certificate[];
  /** Names of the seals that can be used as this identity here. */
  seals: { seal_id: string; kind: string }[];
}

export interface Reissues {
  free_left: number;
  packs_left: number;
}

export interface HereFacts {
  reissues: ReadonlyMap<string, Reissues>;
  /** Holdings whose half rests in this browser. */
  shares: ReadonlySet<string>;
}

const ORDER = ["usable", "needs_update", "needs_install", "needs_reissue", "needs_pack", "unbought", "not_usable"];
const OPEN = ["usable", "needs_update", "needs_install", "needs_reissue", "needs_pack"];

/** Usable as the server sees it, but the half is gone from here: that is a reissue like any other (CERT-13). */
function stateHere(state: string, holding_id: string, here: HereFacts): string {
  const lost = (state === "usable" || state === "needs_update") && !here.shares.has(holding_id);
  if (!lost) return state;
  const left = here.reissues.get(holding_id);
  return left && left.free_left + left.packs_left === 0 ? "needs_pack" : "needs_reissue";
}

const rank = ({ picked }: Certificate) => ORDER.indexOf(picked.state);

type RawIdentity = Choices["identities"][number];

function certificate(raw: RawIdentity["certificates"][number], here: HereFacts): Certificate {
  const state = stateHere(raw.state, raw.holding_id, here);
  const known = ORDER.includes(state) ? (state as Picked["state"]) : "not_usable";
  return {
    picked: { holding_id: raw.holding_id, algorithm: raw.algorithm === "sm2" ? "sm2" : "rsa", state: known, reissues: here.reissues.get(raw.holding_id) ?? null },
    product: raw.product,
    reason: raw.reason ?? null,
    open: OPEN.includes(state),
  };
}

export function identities(choices: Choices, here: HereFacts): Identity[] {
  const all = choices.identities.map((raw) => ({
    unit: raw.unit ? { unit_id: raw.unit.unit_id, name: raw.unit.name } : null,
    certificates: raw.certificates.map((one) => certificate(one, here)).sort((a, b) => rank(a) - rank(b)),
    seals: raw.seals.filter(({ usable }) => usable).map(({ seal_id, kind }) => ({ seal_id, kind })),
  }));
  const best = ({ certificates: [first] }: Identity) => (first ? rank(first) : ORDER.length);
  return all.sort((a, b) => best(a) - best(b));
}

/** What is picked beforehand: the one of last time, else the first that works at once, else the first that can work. */
export function preselected(list: Identity[], last: string | null): string | null {
  const open = list.flatMap(({ certificates }) => certificates).filter((one) => one.open);
  const remembered = open.find(({ picked }) => picked.holding_id === last);
  return (remembered ?? open[0])?.picked.holding_id ?? null;
}
