// PAY-1: everything chosen on one page, the agreement ticked, then the order.
import { ref } from "vue";
import { createOnce } from "../../shared/once";
import { take, useApi } from "../../shared/useApi";
import { useAction } from "../../shared/useAction";
import { useMe } from "../../shared/useMe";
import { keepOrder } from "./kept";
import { useBuy } from "./useBuy";

export function useConfirm(ordered: (order_id: string) => void) {
  const buy = useBuy();
  const agreed = ref(false);
  const once = createOnce();

  const order = useAction(
    async (owner: string) => {
      const { wish, platform, product, total, clear } = buy;
      if (!platform.value || !product.value || total.value === null) return;
      const { platform: platform_id, product: product_id, kind, term_years, quantity, install_here, payment: payment_method } = wish;
      const body = { unit_id: wish.unit === "me" ? null : wish.unit, platform_id, kind, product_id, term_years, quantity, install_here, payment_method, agreed: true };
      const made = await take(useApi().POST("/api/v1/orders", { body, headers: once(body) }));
      const { person_id } = await useMe().known();
      const kept = { order_id: made.order_id, owner, platform: platform.value.name, product: product.value.name, kind, term_years, quantity, amount_fen: made.amount_fen, made_at_us: Date.now() * 1000 };
      keepOrder(person_id, kept);
      clear();
      ordered(made.order_id);
    },
    { quiet: true },
  );
  return { ...buy, agreed, order };
}
