import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/centre", component: () => import("./CentrePage.vue"), meta: { title: "centre.title" } }] satisfies RouteRecordRaw[];
