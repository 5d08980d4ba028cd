// What this phone keeps: which halves rest here, which ones should but are gone, and whether the browser promised to keep them.
import type { Algorithm, Phone, StorageState } from "@hulian/core";

export interface HoldingHere {
  holding_id: string;
  product: string;
  algorithm: Algorithm;
  unit: string | null;
  installed_at_us: number | null;
  last_used_at_us: number | null;
  /** The server says it is installed on this device, but the half is not here any more: reissue (CERT-13). */
  lost: boolean;
  left: number | null;
}

export interface HeldFacts {
  holding_id: string;
  product: { name: string; algorithm: string };
  unit?: { name: string } | null;
  certificate?: { device_id: string } | null;
  reissues?: { free_left: number; packs_left: number };
}

export function holdingsHere(held: readonly HeldFacts[], storage: StorageState, device_id: string): HoldingHere[] {
  const shares = new Map(storage.shares.map((share) => [share.holding_id, share]));
  const mine = held.filter(({ holding_id, certificate }) => shares.has(holding_id) || certificate?.device_id === device_id);
  return mine.map(({ holding_id, product, unit, certificate, reissues }) => {
    const share = shares.get(holding_id);
    return {
      holding_id,
      product: product.name,
      algorithm: product.algorithm === "sm2" ? "sm2" : "rsa",
      unit: unit?.name ?? null,
      installed_at_us: share?.installed_at_us ?? null,
      last_used_at_us: share?.last_used_at_us ?? null,
      // Also where another phone took it over: the half that rests here is dead.
      lost: share === undefined || certificate?.device_id !== device_id,
      left: reissues ? reissues.free_left + reissues.packs_left : null,
    };
  });
}

/** What 忘记本机 costs: how many certificates must be reissued afterwards. */
export function forgetCost(here: readonly HoldingHere[]): number {
  return here.filter(({ lost }) => !lost).length;
}

export async function readDevice(phone: Phone): Promise<{ storage: StorageState; here: HoldingHere[] }> {
  const [storage, holdings, me] = await Promise.all([phone.storage(), phone.api.GET("/api/v1/holdings"), phone.api.GET("/api/v1/me")]);
  return { storage, here: holdingsHere((holdings.data?.items ?? []) as HeldFacts[], storage, me.data?.device_id ?? "") };
}
