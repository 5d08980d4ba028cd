import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/seals", component: () => import("./SealsPage.vue"), meta: { verified: true, title: "seal.title" } },
  { path: "/seals/new", component: () => import("./MakePage.vue"), meta: { verified: true, title: "seal.make" } },
  { path: "/seals/:seal_id", component: () => import("./SealPage.vue"), props: true, meta: { verified: true, title: "seal.detail" } },
] satisfies RouteRecordRaw[];
