import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/", name: "home", component: () => import("./HomePage.vue"), meta: { tab: "home", title: "home.title" } }] satisfies RouteRecordRaw[];
