import type { RouteRecordRaw } from "vue-router";
import { withFacts } from "./facts";

export default [
  { path: "/password", component: () => import("./PasswordPage.vue"), meta: { verified: true, title: "unlock.page.title" } },
  { path: "/password/set", component: () => import("./PasswordSetPage.vue"), beforeEnter: withFacts, meta: { verified: true, title: "unlock.set.title" } },
  { path: "/password/change", component: () => import("./PasswordChangePage.vue"), props: { kind: "change" }, beforeEnter: withFacts, meta: { verified: true, title: "unlock.change.title.change" } },
  { path: "/password/renew", component: () => import("./PasswordChangePage.vue"), props: { kind: "renew" }, meta: { verified: true, title: "unlock.change.title.renew" } },
  { path: "/password/forgotten", component: () => import("./ForgottenPage.vue"), beforeEnter: withFacts, meta: { verified: true, title: "unlock.forgotten.title" } },
] satisfies RouteRecordRaw[];
