// What home says of the person: read side by side, and read again whenever one comes back.
import { computed, watch } from "vue";
import { holdings, sealsOf, units } from "../../shared/catalogue";
import { useLoad } from "../../shared/useLoad";
import { useMe } from "../../shared/useMe";
import { usePhone } from "../../shared/usePhone";
import { nextOf, type Standing } from "./way";

async function standing(): Promise<Standing> {
  const me = await useMe().load();
  const nothing = { verified: me.verified, password_set: me.password_set, unit: null, bought: false, waiting: null, usable: false, seal: false };
  if (!me.verified) return nothing;
  const [mine, held] = await Promise.all([units(), holdings()]);
  const phone = usePhone();
  const here = await Promise.all(held.map(({ holding_id }) => phone.hasShare(holding_id).catch(() => false)));
  const working = held.map(({ state }, at) => (state === "usable" || state === "needs_update") && here[at] === true);
  const certified = mine.filter(({ state }) => state === "certified");
  const seals = await Promise.all(certified.map(({ unit_id }) => sealsOf(unit_id)));
  return {
    ...nothing,
    unit: certified[0]?.unit_id ?? null,
    bought: held.some(({ entitlements }) => entitlements.length > 0),
    waiting: held.find(({ entitlements }, at) => entitlements.length > 0 && !working[at])?.holding_id ?? null,
    usable: working.some(Boolean),
    seal: seals.some((list) => list.some(({ voided_at_us }) => voided_at_us == null)),
  };
}

const ARRIVED = "hulian.home.arrived";

export function useHome() {
  const load = useLoad(standing);
  const next = computed(() => (load.data.value ? nextOf(load.data.value) : null));
  // Whoever had nothing left to do last time most likely has nothing now: no place is kept for a card that will not come.
  const arrived = localStorage.getItem(ARRIVED) === "1";
  watch(load.data, (data) => data && localStorage.setItem(ARRIVED, nextOf(data) ? "0" : "1"));
  return { ...load, next, arrived };
}
