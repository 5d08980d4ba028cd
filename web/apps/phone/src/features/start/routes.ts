import type { RouteRecordRaw } from "vue-router";
import { introSeen } from "../../shared/intro";

export default [
  // Once in a browser's life (ACC-1): an address that was kept does not bring it back.
  { path: "/welcome", name: "welcome", beforeEnter: (to) => (introSeen() ? { name: "sign-in", query: to.query } : true), component: () => import("./WelcomePage.vue"), meta: { public: true, title: "start.welcome" } },
  { path: "/unreachable", name: "unreachable", component: () => import("./UnreachablePage.vue"), meta: { public: true, title: "shared.unreachable" } },
  { path: "/:path(.*)*", name: "not-found", component: () => import("./NotFoundPage.vue"), meta: { public: true, title: "shared.not_found_title" } },
] satisfies RouteRecordRaw[];
