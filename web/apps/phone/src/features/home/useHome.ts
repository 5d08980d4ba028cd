// What home says of the person: read side by side, and read again whenever one comes back.
import { computed, watch } from "vue";
import { holdings, ownSeals, units, type Holding, type Seal } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";
import { nextOf, type Standing } from "./way";

/** How many of each the person has; null while that cannot be asked, before the real name. */
export type Own = Record<"unit_certificate" | "unit_seal" | "personal_certificate" | "personal_seal", number> | null;

interface Home {
  standing: Standing;
  own: Own;
}

export function counted(held: Pick<Holding, "unit" | "entitlements">[], seals: Pick<Seal, "unit" | "voided_at_us">[]): NonNullable<Own> {
  const bought = held.filter(({ entitlements }) => entitlements.length > 0);
  const live = seals.filter(({ voided_at_us }) => voided_at_us == null);
  const of = <T extends { unit?: unknown }>(list: T[]): [number, number] => [list.filter(({ unit }) => unit).length, list.filter(({ unit }) => !unit).length];
  const [[unit_certificate, personal_certificate], [unit_seal, personal_seal]] = [of(bought), of(live)];
  return { unit_certificate, unit_seal, personal_certificate, personal_seal };
}

async function read(): Promise<Home> {
  const me = await useMe().load();
  const nothing = { verified: me.verified, password_set: me.password_set, unit: null, member: false, granted: null, bought: false, waiting: null, usable: false, seal: false };
  if (!me.verified) return { standing: nothing, own: null };
  const [mine, held, seals] = await Promise.all([units(), holdings(), ownSeals()]);
  const phone = usePhone();
  const here = await Promise.all(held.map(({ holding_id }) => phone.hasShare(holding_id).catch(() => false)));
  const working = held.map(({ state }, at) => (state === "usable" || state === "needs_update") && here[at] === true);
  const certified = mine.filter(({ state }) => state === "certified");
  const unit = certified.find(({ role }) => role === "administrator") ?? certified[0];
  const own = counted(held, seals);
  const standing = {
    ...nothing,
    unit: unit?.unit_id ?? null,
    member: unit?.role === "member",
    granted: held.find((one) => unit?.role === "member" && one.unit?.unit_id === unit.unit_id && one.state === "unbought")?.product.product_id ?? null,
    bought: held.some(({ entitlements }) => entitlements.length > 0),
    waiting: held.find(({ entitlements }, at) => entitlements.length > 0 && !working[at])?.holding_id ?? null,
    usable: working.some(Boolean),
    seal: own.unit_seal > 0,
  };
  return { standing, own };
}

const ARRIVED = "hulian.home.arrived";

export function useHome() {
  const load = useLoad(read);
  const standing = computed(() => load.data.value?.standing ?? null);
  const own = computed(() => load.data.value?.own ?? null);
  const next = computed(() => (standing.value ? nextOf(standing.value) : null));
  // Whoever had nothing left to do last time most likely has nothing now: no place is kept for a card that will not come.
  const arrived = localStorage.getItem(ARRIVED) === "1";
  watch(standing, (now) => now && localStorage.setItem(ARRIVED, nextOf(now) ? "0" : "1"));
  return { ...load, standing, own, next, arrived };
}
