import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/welcome", name: "welcome", component: () => import("./WelcomePage.vue"), meta: { public: true, title: "start.welcome" } },
  { path: "/unreachable", name: "unreachable", component: () => import("./UnreachablePage.vue"), meta: { public: true, title: "shared.unreachable" } },
  { path: "/:path(.*)*", name: "not-found", component: () => import("./NotFoundPage.vue"), meta: { public: true, title: "shared.not_found_title" } },
] satisfies RouteRecordRaw[];
