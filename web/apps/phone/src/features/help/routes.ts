import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/help", component: () => import("./QuestionsPage.vue"), meta: { public: true, title: "help.questions" } },
  { path: "/contacts", component: () => import("./ContactsPage.vue"), meta: { public: true, title: "help.contacts" } },
  { path: "/me/repair", component: () => import("./RepairPage.vue"), meta: { title: "help.repair" } },
] satisfies RouteRecordRaw[];
