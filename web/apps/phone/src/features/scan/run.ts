// A continuous run (SCAN-6) as this page knows it: one asker, one certificate, the list of what was signed. The
// unlocked keys are in the core's worker; a closed or reloaded page has lost them, and with them the run.
import type { ScanView } from "@hulian/core";
import { reactive } from "vue";
import type { Run } from "./wire";

export interface Signed {
  code: string;
  operation_id: string;
  file_name: string;
  mode: string;
  page_count: number;
  mark_count: number;
  digest_short: string;
  at_ms: number;
}

export interface RunState extends Run {
  asker: string;
  signer: string;
  signed: Signed[];
}

const LEFT_OVER = "hulian.run";
const state = reactive({ now: null as RunState | null });

function entry(view: ScanView, operation_id: string): Signed {
  const facts = view.prepared;
  return {
    code: view.code,
    operation_id,
    file_name: facts?.file_name ?? "",
    mode: facts?.mode ?? "",
    page_count: facts?.page_count ?? 0,
    mark_count: facts?.marks.length ?? 0,
    digest_short: facts?.digest_short ?? "",
    at_ms: Date.now(),
  };
}

export const run = {
  get now(): RunState | null {
    return state.now;
  },
  begin(begun: Run, first: ScanView, signer: string, operation_id: string): void {
    state.now = { ...begun, asker: first.asker.name, signer, signed: [entry(first, operation_id)] };
    sessionStorage.setItem(LEFT_OVER, begun.run_id);
  },
  /** What the server last said of it. */
  update(left: { codes_left: number; idle_until_us: number } | null): void {
    if (state.now && left) Object.assign(state.now, { codes_left: left.codes_left, idle_until_us: left.idle_until_us });
  },
  add(view: ScanView, operation_id: string): void {
    state.now?.signed.unshift(entry(view, operation_id));
    this.update(view.run);
  },
  end(): void {
    state.now = null;
    sessionStorage.removeItem(LEFT_OVER);
  },
  /** A run that a reload cut off, to be ended on the server. */
  leftOver(): string | null {
    return state.now === null ? sessionStorage.getItem(LEFT_OVER) : null;
  },
};
