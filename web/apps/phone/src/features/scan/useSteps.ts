// What a person can do at each step of a scan. The screens call these and show what the core makes of the answer.
import type { Phone, Picked, Progress, Unlock } from "@hulian/core";
import { ref } from "vue";
import { withUnlock } from "../unlock/ask";
import { SHEET_CURES } from "../unlock/useUnlock";
import type { Labels } from "./useLabels";
import type { Session } from "./useSession";
import { run } from "./run";
import type { ScanWire } from "./wire";

const LAST = "hulian.scan.holding";

export function lastHolding(): string | null {
  return localStorage.getItem(LAST);
}

/** The sheet and the page behind it show the same progress. */
function both(one: Progress, other: Progress): Progress {
  return (step) => (one(step), other(step));
}

export interface Reasons {
  install: string;
  reissue: string;
  sign: string;
}

export function useSteps(session: Session, wire: ScanWire, phone: Phone, labels: Labels, reasons: () => Reasons) {
  const { code } = session;
  /** Null until the person has said something: then the asker's wish counts. */
  const wish = ref<boolean | null>(null);
  const continuous = () => wish.value ?? session.view.value?.continuous ?? false;

  const match = (number: string) => session.act("matching", () => wire.match(code, number));

  async function choose(holding_id: string): Promise<boolean> {
    const done = await session.act("choosing", () => wire.choose(code, { holding_id }));
    if (done) {
      localStorage.setItem(LAST, holding_id);
      session.patch({ picked: null });
    }
    return done;
  }

  async function pick(picked: Picked): Promise<void> {
    const ready = picked.state === "usable" || picked.state === "needs_update";
    if (ready) await choose(picked.holding_id);
    else session.patch({ picked, problem: null });
  }

  const unpick = () => session.patch({ picked: null, problem: null });
  const chooseIdentity = (unit_id: string | null) => session.act("choosing", () => wire.choose(code, { unit_id }));

  /** First install or reissue in the middle of the scan (SCAN-7); the scan then goes on by itself. */
  async function install(picked: Picked, way: "install" | "reissue"): Promise<void> {
    const done = await withUnlock({ reason: reasons()[way], holdingId: picked.holding_id }, (unlock, progress) =>
      session.act("installing", (report) => phone.install(picked, way, unlock, both(report, progress)), SHEET_CURES),
    );
    if (done !== true) return;
    void labels.load(); // The new certificate has a serial number to show.
    void phone.persist().catch(() => false); // Best asked now: the person has just put something here.
    await choose(picked.holding_id);
  }

  async function sign(unlock: Unlock, keep: boolean, report: Progress): Promise<string> {
    const view = session.view.value;
    if (view === null) throw new Error("nothing to sign");
    if (!keep) return phone.confirm(view, unlock, report);
    const begun = await wire.startRun(code);
    try {
      await phone.beginRun(unlock);
      const operation_id = await phone.confirm(view, { by: "run" }, report);
      run.begin(begun, view, labels.unit.value ?? labels.person.value ?? "", operation_id);
      return operation_id;
    } catch (error) {
      phone.endRun(); // Keys of a wrong password must not stay for the next try.
      throw error;
    }
  }

  async function confirm(): Promise<void> {
    const holdingId = session.view.value?.chosen?.holding_id;
    const keep = continuous();
    const done = await withUnlock({ reason: reasons().sign, ...(holdingId ? { holdingId } : {}) }, (unlock, progress) =>
      session.act("signing", (report) => sign(unlock, keep, both(report, progress)), SHEET_CURES),
    );
    if (done === true) navigator.vibrate?.([30, 60, 30]);
  }

  async function confirmLogin(): Promise<void> {
    const view = session.view.value;
    if (view && (await session.act("signing", () => phone.confirmLogin(view)))) navigator.vibrate?.([30, 60, 30]);
  }

  /** The asker is told at once; should that fail, the code runs out by itself. */
  async function refuse(): Promise<void> {
    await session.act("refusing", async () => {
      await wire.refuse(code);
      return wire.look(code);
    });
  }

  return { wish, continuous, match, pick, unpick, chooseIdentity, install, confirm, confirmLogin, refuse };
}

export type Steps = ReturnType<typeof useSteps>;
