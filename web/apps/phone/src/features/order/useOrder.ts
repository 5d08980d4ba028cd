// One order: looked at again while it waits to be paid and the page is seen.
import type { components } from "@hulian/api";
import { computed, onScopeDispose, ref } from "vue";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useLoad } from "../../shared/useLoad";
import { useMe } from "../../shared/useMe";
import { keptOrders, type KeptOrder } from "./kept";

export type Order = components["schemas"]["OrderBody"];
const POLL_MS = 2000;

const read = (order_id: string): Promise<Order> => take(useApi().GET("/api/v1/orders/{order_id}", { params: { path: { order_id } } }));

export function useOrder(order_id: string) {
  const kept = ref<KeptOrder | null>(null);
  const now_us = ref(Date.now() * 1000);
  const load = useLoad(async () => {
    const me = await useMe().known();
    kept.value = keptOrders(me.person_id).find((one) => one.order_id === order_id) ?? null;
    return read(order_id);
  });
  const closes_in_s = computed(() => Math.max(0, Math.ceil(((load.data.value?.close_at_us ?? 0) - now_us.value) / 1_000_000)));

  const clock = setInterval(() => (now_us.value = Date.now() * 1000), 500);
  const poll = setInterval(() => {
    if (document.visibilityState !== "visible" || load.data.value?.state !== "unpaid") return;
    // A look that fails is no news; the next one comes soon.
    read(order_id).then((order) => (load.data.value = order), () => undefined);
  }, POLL_MS);
  onScopeDispose(() => {
    clearInterval(clock);
    clearInterval(poll);
  });

  const pay = useAction(
    async () => {
      const { cashier_url } = await take(useApi().POST("/api/v1/orders/{order_id}/payments", { params: { path: { order_id } } }));
      if (!/^https?:\/\//.test(cashier_url)) throw new Error("the cashier has no web address");
      location.assign(cashier_url);
    },
    { quiet: true },
  );
  return { ...load, kept, closes_in_s, pay };
}

/** The orders of this phone with their present state, newest first. */
export function useOrders() {
  return useLoad(async () => {
    const { person_id } = await useMe().known();
    const list = keptOrders(person_id);
    const states = await Promise.all(list.map(({ order_id }) => read(order_id).then(({ state }) => state)));
    return list.map((order, at) => ({ ...order, state: states[at] ?? "closed" }));
  });
}
