import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/password", component: () => import("./PasswordPage.vue"), meta: { verified: true, title: "unlock.page.title" } },
  { path: "/password/set", component: () => import("./PasswordSetPage.vue"), meta: { verified: true, title: "unlock.set.title" } },
] satisfies RouteRecordRaw[];
