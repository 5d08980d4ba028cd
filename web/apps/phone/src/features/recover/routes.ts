import type { RouteRecordRaw } from "vue-router";

export default [{ path: "/recover", component: () => import("./RecoverPage.vue"), meta: { public: true, title: "recover.title" } }] satisfies RouteRecordRaw[];
