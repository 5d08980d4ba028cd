// What went wrong, in words. The catalogue has a sentence for every code of docs/PROTOCOL.md; a code that is newer than
// this app still gets a sentence and shows itself, so that people can tell it to somebody.
import { PhoneError, ProblemError } from "@hulian/core";
import { words } from "../i18n";
import { keepFault } from "./faults";
import { spell } from "./spell";

export interface Told {
  code: string;
  params: Record<string, unknown>;
}

export function asProblem(failure: unknown): Told {
  if (failure instanceof ProblemError || failure instanceof PhoneError) return { code: failure.code, params: failure.params };
  if (failure !== null && typeof failure === "object" && "code" in failure && typeof failure.code === "string") {
    const params = "params" in failure && failure.params !== null && typeof failure.params === "object" ? failure.params : {};
    return { code: failure.code, params: params as Record<string, unknown> };
  }
  return { code: "unexpected", params: {} };
}

/** Refusals that say something about the program and nothing about what the person did. */
const KEPT = new Set(["internal", "unexpected", "timeout", "not_ready", "offline", "body_invalid", "body_unreadable"]);

/** A sentence for a problem, a caught failure or a bare code. */
export function problemText(problem: unknown): string {
  const { t, te } = words;
  const { code, params } = typeof problem === "string" ? { code: problem, params: {} } : asProblem(problem);
  if (KEPT.has(code)) keepFault("problem", code);
  const told = spell(params, (key) => (te(key) ? t(key) : null));
  // A refusal whose reason has words of its own says those, which helps more than the general sentence.
  const special = typeof params["reason"] === "string" ? `refusal.${code}.${params["reason"]}` : "";
  if (special && te(special)) return t(special, told);
  const key = `problem.${code}`;
  return te(key) ? t(key, told) : t("problem.unknown", { code });
}
