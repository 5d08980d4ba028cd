import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/me", name: "me", component: () => import("./MePage.vue"), meta: { tab: "me", title: "me.title" } },
  { path: "/me/about", component: () => import("./AboutPage.vue"), meta: { title: "me.about" } },
] satisfies RouteRecordRaw[];
