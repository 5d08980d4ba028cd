// What the person has asked for, which shows by itself what others decide, and what waits for them as an administrator, counted
// whenever that is read.
import type { Unit } from "../../shared/catalogue";
import { useLive } from "../../shared/useLive";
import { take, useApi } from "../../shared/useApi";
import { asksOf } from "../grant/useAsk";
import { applications, tasks, type Own } from "../member/wire";
import { own, type Pending } from "../unit/wire";

export interface Asked {
  key: string;
  /** As of applications, or `unit` (a registration that operators look at). */
  kind: string;
  /** Who is to go, or what is to be used. */
  subject: string;
  unit: string;
  state: string;
  to: string;
}

export interface CentreView {
  version: number;
  asked: Asked[];
  /** Units that the person administers, with how many tasks wait. */
  duties: { unit: Unit; waiting: number }[];
  /** Whether the person is a member, who asks for certificates and seals, somewhere. */
  asks: boolean;
  /** Where anyone verifies a sealed file. */
  verify: string;
}

/** Applications that the page shows; the rest is one step further. */
export const SHOWN = 3;

/** Newest first; registrations under review come before, since they block the most. */
export function arrange(items: Own[], pending: Pending[]): Asked[] {
  const registrations = pending.map(({ case_id, name, state }) => ({ key: case_id, kind: "unit", subject: "", unit: name, state, to: "/units" }));
  const asked = items.map((one) => ({ key: one.application_id, kind: one.kind, subject: one.product?.name ?? one.seal?.kind ?? one.subject_name, unit: one.unit_name, state: one.state, to: "/applications" }));
  return [...registrations, ...asked];
}

function duties(mine: Unit[]): Promise<CentreView["duties"]> {
  const administered = mine.filter(({ role }) => role === "administrator");
  return Promise.all(administered.map(async (unit) => ({ unit, waiting: (await tasks(unit.unit_id, null)).items.length })));
}

export function useCentre() {
  return useLive<CentreView>(async (after, signal) => {
    const news = applications(after, signal);
    if (after !== null) await news;
    const [{ version, items }, mine, system] = await Promise.all([news, own(), take(useApi().GET("/api/v1/system"))]);
    return { version, asked: arrange(items, mine.pending), duties: await duties(mine.items as Unit[]), asks: asksOf(mine.items as Unit[]).length > 0, verify: `${system.public_url}/verify/` };
  });
}
