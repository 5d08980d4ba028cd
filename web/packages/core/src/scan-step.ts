// Which screen a scan shows: a pure function of what the server says (the view) and what happened here (the local part).
// The page only draws the step and sends back what the person does, so that every way through a scan is tested without
// a browser.
import type { ScanView } from "./scan-view";
import type { Algorithm, Progress } from "./types";

/** A refusal of the server or of this phone; the words for `code` are in the apps' catalogue. */
export interface Notice {
  code: string;
  params: Record<string, unknown>;
}

/** What runs at this moment on the phone. */
export type ScanBusy = "claiming" | "matching" | "choosing" | "installing" | "signing" | "refusing";

/** How a certificate that the person picked stands on this device (`state` of a choice). */
export interface Picked {
  holding_id: string;
  algorithm: Algorithm;
  state: "usable" | "needs_update" | "needs_install" | "needs_reissue" | "needs_pack" | "not_usable" | "unbought";
  /** For the notice of a reissue. */
  reissues?: { free_left: number; packs_left: number } | null;
}

/** What only this phone knows of the scan. */
export interface ScanLocal {
  busy: ScanBusy | null;
  /** The step of a long operation, for the progress line. */
  progress: Parameters<Progress>[0] | null;
  /** Picked, but not yet sent as the choice, because something must be done on the device first. */
  picked: Picked | null;
  /** Answer of the last operation, if it was refused. A new operation clears it. */
  problem: Notice | null;
  /** Set by a finished confirm, before the view says so. */
  operation_id: string | null;
}

export const NO_LOCAL: ScanLocal = { busy: null, progress: null, picked: null, problem: null, operation_id: null };

/** `notice`: why the last try did not go through; the step can be tried again. */
export type ScanStep =
  | { step: "claim"; notice: Notice | null }
  | { step: "match"; options: string[]; busy: boolean; notice: Notice | null }
  | { step: "choose"; busy: boolean; notice: Notice | null }
  | { step: "install"; way: "install" | "reissue"; picked: Picked; busy: boolean; notice: Notice | null }
  | { step: "buy_pack"; picked: Picked; notice: Notice | null }
  | { step: "wait_tool"; notice: Notice | null }
  | { step: "confirm"; kind: "seal" | "unseal"; notice: Notice | null }
  | { step: "confirm_login"; busy: boolean; notice: Notice | null }
  | { step: "signing"; progress: ScanLocal["progress"] }
  | { step: "done"; operation_id: string | null }
  | { step: "refused"; reason: string | null }
  | { step: "expired" }
  | { step: "failed"; reason: string | null }
  /** Another phone has the code. */
  | { step: "second_phone" }
  /** The network is gone; `resume` tells that a signature waits to be sent again, which needs no new unlock. */
  | { step: "offline"; resume: boolean };

/** Refusals after which this code is no use to this phone any more. */
const ENDS: Record<string, (params: Record<string, unknown>) => ScanStep> = {
  session_claimed_by_other: () => ({ step: "second_phone" }),
  session_expired: () => ({ step: "expired" }),
  session_unknown: () => ({ step: "failed", reason: "session_unknown" }),
  session_used: () => ({ step: "failed", reason: "session_used" }),
  session_refused: (params) => ({ step: "refused", reason: reason(params) }),
  session_failed: (params) => ({ step: "failed", reason: reason(params) }),
  match_wrong: () => ({ step: "refused", reason: "match_wrong" }),
  confirm_conflict: () => ({ step: "failed", reason: "confirm_conflict" }),
};

function reason(params: Record<string, unknown>): string | null {
  return typeof params["reason"] === "string" && params["reason"] !== "" ? params["reason"] : null;
}

export function isOver(step: ScanStep): boolean {
  return ["done", "refused", "expired", "failed", "second_phone"].includes(step.step);
}

/** The screen to show. `view` is null until the claim has answered. */
export function scanStep(view: ScanView | null, local: ScanLocal): ScanStep {
  if (local.operation_id !== null || view?.state === "done") return { step: "done", operation_id: local.operation_id ?? view?.operation_id ?? null };
  const ended = local.problem && ENDS[local.problem.code]?.(local.problem.params);
  if (ended) return ended;
  if (local.problem?.code === "offline") return { step: "offline", resume: view?.state === "ready" || view?.state === "signing" };
  if (view === null) return { step: "claim", notice: local.problem };
  return over(view) ?? open(view, local);
}

function over(view: ScanView): ScanStep | null {
  const why = view.failure?.code ?? null;
  switch (view.state) {
    case "refused":
      return { step: "refused", reason: why };
    case "expired":
      return { step: "expired" };
    case "failed":
      return { step: "failed", reason: why };
    default:
      return null;
  }
}

function open(view: ScanView, local: ScanLocal): ScanStep {
  const notice = local.problem;
  if (local.busy === "signing" && view.kind !== "login") return { step: "signing", progress: local.progress };
  switch (view.state) {
    case "created":
      return { step: "claim", notice };
    case "claimed":
      return view.matched ? choosing(local) : { step: "match", options: view.match_options, busy: local.busy === "matching", notice };
    // The person may think again until the tool has prepared for one certificate: `picked` is such a second thought.
    case "chosen":
      return local.picked ? choosing(local) : { step: "wait_tool", notice };
    case "ready":
      return view.kind === "login"
        ? { step: "confirm_login", busy: local.busy === "signing", notice }
        : { step: "confirm", kind: view.kind, notice };
    // The server half has answered: only `finish` can follow, and this phone has what it takes or the session runs out.
    case "signing":
      return { step: "signing", progress: local.progress };
    default:
      return { step: "wait_tool", notice };
  }
}

function choosing(local: ScanLocal): ScanStep {
  const { picked, problem: notice } = local;
  switch (picked?.state) {
    case "needs_install":
      return { step: "install", way: "install", picked, busy: local.busy === "installing", notice };
    case "needs_reissue":
      return { step: "install", way: "reissue", picked, busy: local.busy === "installing", notice };
    case "needs_pack":
      return { step: "buy_pack", picked, notice };
    default:
      return { step: "choose", busy: local.busy === "choosing", notice };
  }
}
