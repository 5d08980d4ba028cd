import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/operations", component: () => import("./OperationsPage.vue"), meta: { title: "operation.title" } }] satisfies RouteRecordRaw[];
