import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/me", name: "me", component: () => import("./MePage.vue"), meta: { tab: "me", title: "me.title" } },
  { path: "/me/about", component: () => import("./AboutPage.vue"), meta: { title: "me.about" } },
  { path: "/me/version", component: () => import("./VersionPage.vue"), meta: { title: "me.version.title" } },
] satisfies RouteRecordRaw[];
