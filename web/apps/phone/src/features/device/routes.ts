import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/device", component: () => import("./DevicePage.vue"), meta: { verified: true, title: "device.title" } }] satisfies RouteRecordRaw[];
