// Steps after which nothing can be done here, as the ending page tells them; and what the way back means at each step.
import type { ScanLocal, ScanStep } from "@hulian/core";
import type { Ending } from "./EndStep.vue";

export interface EndingProps {
  ending: Ending;
  reason: string | null;
  operationId: string | null;
}

const end = (ending: Ending, reason: string | null = null, operationId: string | null = null): EndingProps => ({ ending, reason, operationId });

export function endingOf(step: ScanStep, local: ScanLocal, wellFormed: boolean): EndingProps | null {
  if (!wellFormed) return end("malformed");
  switch (step.step) {
    case "done":
      return end("done", null, step.operation_id);
    case "refused":
      return end("refused", step.reason);
    case "failed":
      return end("failed", step.reason);
    case "expired":
    case "second_phone":
    case "offline":
      return end(step.step);
    // The server half has answered and nothing runs here. With a problem the same signature can be brought again; without
    // one the page was reloaded in between: what it needs to finish is gone, and the session runs out by itself.
    case "signing":
      return local.busy === null ? end("interrupted", local.problem?.code ?? null) : null;
    default:
      return null;
  }
}

/** `ask`: leaving refuses the request, so the person is asked; `stay`: a signature is under way. */
export function leaveRule(step: ScanStep, local: ScanLocal, over: boolean): "free" | "ask" | "stay" {
  if (local.busy === "signing" || local.busy === "installing") return "stay";
  const undecided = ["match", "choose", "install", "buy_pack", "wait_tool", "confirm", "confirm_login"];
  return !over && undecided.includes(step.step) ? "ask" : "free";
}
