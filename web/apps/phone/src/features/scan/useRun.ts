// The next codes of a continuous run: claimed for the run, awaited, signed with the keys that the one unlock left in the
// worker, and put on the list. Every code still has its own digest, its own proof and its own record.
import type { Phone, ScanStep } from "@hulian/core";
import { effectScope, ref, shallowRef, watch, type EffectScope } from "vue";
import { problemText } from "../../shared/problem";
import { run } from "./run";
import { useSession, type Session } from "./useSession";
import type { ScanWire } from "./wire";

/** What the page does next: `other` is a code outside of the run, `ended` the run's end. */
export interface RunEvents {
  other(code: string): void;
  ended(words: string): void;
  signed(): void;
}

export function useRun(wire: ScanWire, phone: Phone, events: RunEvents) {
  const session = shallowRef<Session | null>(null);
  const refusal = ref("");
  let scope: EffectScope | null = null;

  function drop(): void {
    scope?.stop();
    scope = null;
    session.value = null;
  }

  async function sign(now: Session): Promise<void> {
    const view = now.view.value;
    if (!view) return;
    const done = await now.act("signing", (report) => phone.confirm(view, { by: "run" }, report));
    if (!done) return; // The step says why.
    run.add(view, now.local.value.operation_id ?? "");
    drop();
    events.signed();
  }

  function follow(now: Session, step: ScanStep): void {
    const problem = now.local.value.problem;
    if (problem?.code === "run_other_asker") return leave(() => events.other(now.code));
    if (problem?.code === "run_ended") return leave(() => events.ended(problemText(problem)));
    if (step.step === "confirm" && step.notice === null && now.local.value.busy === null) return void sign(now);
    // The server did not take it into the run: the ordinary way asks what there is to ask.
    if (["match", "choose", "confirm_login"].includes(step.step)) return leave(() => events.other(now.code));
    if (["refused", "failed", "expired", "second_phone"].includes(step.step)) {
      refusal.value = problemText(problem ?? { code: step.step === "second_phone" ? "session_claimed_by_other" : `session_${step.step}` });
      drop();
    }
  }

  function leave(then: () => void): void {
    drop();
    then();
  }

  async function take(code: string): Promise<void> {
    const state = run.now;
    if (!state || session.value || state.signed.some((one) => one.code === code)) return;
    refusal.value = "";
    scope = effectScope(true);
    await scope.run(async () => {
      const now = useSession(code, wire, state.run_id);
      session.value = now;
      watch(now.step, (step) => follow(now, step), { immediate: true });
      watch(now.view, (view) => run.update(view?.run ?? null));
      await now.open();
    });
  }

  /** Ends it on both sides; the server's end comes by itself should it not hear. */
  async function end(): Promise<void> {
    const id = run.now?.run_id ?? run.leftOver();
    drop();
    run.end();
    phone.endRun();
    if (id) await wire.endRun(id).catch(() => undefined);
  }

  return { session, refusal, take, end };
}
