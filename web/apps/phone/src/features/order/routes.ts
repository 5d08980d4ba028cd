import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/buy", component: () => import("./BuyPage.vue"), meta: { verified: true, title: "order.buy" } },
  { path: "/buy/confirm", component: () => import("./ConfirmPage.vue"), meta: { verified: true, title: "order.confirm" } },
  { path: "/orders", component: () => import("./OrdersPage.vue"), meta: { title: "order.title" } },
  { path: "/orders/:order_id", component: () => import("./OrderPage.vue"), props: true, meta: { title: "order.detail" } },
] satisfies RouteRecordRaw[];
