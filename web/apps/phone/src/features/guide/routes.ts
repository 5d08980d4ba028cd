import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/guides", component: () => import("./GuidesPage.vue"), meta: { public: true, title: "guide.title" } },
  { path: "/guides/:name", component: () => import("./GuidePage.vue"), props: true, meta: { public: true, title: "guide.title" } },
] satisfies RouteRecordRaw[];
