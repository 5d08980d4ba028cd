import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/password", component: () => import("./PasswordPage.vue"), meta: { verified: true, title: "unlock.page.title" } },
  { path: "/password/set", component: () => import("./PasswordSetPage.vue"), meta: { verified: true, title: "unlock.set.title" } },
  { path: "/password/change", component: () => import("./PasswordChangePage.vue"), props: { kind: "change" }, meta: { verified: true, title: "unlock.change.title.change" } },
  { path: "/password/renew", component: () => import("./PasswordChangePage.vue"), props: { kind: "renew" }, meta: { verified: true, title: "unlock.change.title.renew" } },
  { path: "/password/forgotten", component: () => import("./ForgottenPage.vue"), meta: { verified: true, title: "unlock.forgotten.title" } },
] satisfies RouteRecordRaw[];
