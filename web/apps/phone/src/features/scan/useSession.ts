// One scan on this phone: asks, waits, and hands what it learns to the core, which says what to show. A reload or a lost
// connection costs nothing: the server has the state, and the code in the address leads back to it.
import { isOver, NO_LOCAL, PhoneError, ProblemError, scanStep, type Progress, type ScanBusy, type ScanLocal, type ScanStep, type ScanView } from "@hulian/core";
import { computed, onScopeDispose, ref, shallowRef, type ComputedRef, type Ref, type ShallowRef } from "vue";
import { asProblem } from "../../shared/problem";
import { watchNews } from "../../shared/watch";
import type { ScanWire } from "./wire";

export interface Session {
  readonly code: string;
  view: ShallowRef<ScanView | null>;
  local: ShallowRef<ScanLocal>;
  step: ComputedRef<ScanStep>;
  /** The server has not been heard for a while; it is being tried again. */
  lost: Ref<boolean>;
  open(): Promise<void>;
  /** Looks at once, for when a countdown has run out or the page is back. */
  look(): void;
  /** Does one thing at a time; a refusal becomes the step's notice, unless its code is one to pass on. True when it went through. */
  act(busy: ScanBusy, work: Work, passOn?: readonly string[]): Promise<boolean>;
  /** Does again what failed for want of a connection. */
  retry(): Promise<void>;
  patch(change: Partial<ScanLocal>): void;
}

/** Answers a new view, the id of a finished operation, or nothing. */
export type Work = (report: Progress) => Promise<ScanView | string | void>;

/** Refusals behind which this phone's own finished session may stand. */
const MAYBE_MINE = ["session_used", "session_expired", "session_refused", "session_failed"];

export function useSession(code: string, wire: ScanWire, run_id: string | null = null): Session {
  const view = shallowRef<ScanView | null>(null);
  const local = shallowRef<ScanLocal>(NO_LOCAL);
  const lost = ref(false);
  const step = computed(() => scanStep(view.value, local.value));
  let again: (() => Promise<void>) | null = null;

  const patch = (change: Partial<ScanLocal>) => (local.value = { ...local.value, ...change });

  /** Answers may overtake one another: the higher version is the truth. */
  function accept(seen: ScanView): void {
    if (!view.value || seen.version >= view.value.version) view.value = seen;
  }

  const watcher = watchNews<ScanView>({
    version: () => view.value?.version ?? 0,
    over: () => isOver(step.value),
    wait: (after, signal) => wire.wait(code, after, 20, signal),
    look: () => wire.look(code),
    accept,
    lost: (now) => (lost.value = now),
    ended: (error) => patch({ problem: asProblem(error) }),
  });
  onScopeDispose(watcher.stop);

  async function act(busy: ScanBusy, work: Work, passOn: readonly string[] = []): Promise<boolean> {
    if (local.value.busy !== null) return false;
    patch({ busy, problem: null, progress: null });
    try {
      const got = await work((progress) => patch({ progress }));
      if (typeof got === "string") patch({ operation_id: got });
      else if (got) accept(got);
      patch({ busy: null });
      return true;
    } catch (error) {
      const problem = asProblem(error);
      patch({ busy: null });
      if (passOn.includes(problem.code)) throw error;
      again = async () => void (await act(busy, work));
      patch({ problem });
      return false;
    }
  }

  async function claim(): Promise<ScanView> {
    try {
      return await wire.claim(code, run_id);
    } catch (error) {
      if (!(error instanceof ProblemError) || !MAYBE_MINE.includes(error.code)) throw error;
      return await wire.look(code).catch((other: unknown) => {
        throw other instanceof PhoneError ? other : error;
      });
    }
  }

  async function open(): Promise<void> {
    if (await act("claiming", claim)) watcher.start();
  }

  async function retry(): Promise<void> {
    const doing = again;
    again = null;
    if (doing) await doing();
    if (view.value) watcher.start();
    else if (!doing) await open();
  }

  return { code, view, local, step, lost, open, look: watcher.look, act, retry, patch };
}
