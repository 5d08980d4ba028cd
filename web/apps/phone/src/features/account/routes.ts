import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/me/settings", component: () => import("./SettingsPage.vue"), meta: { title: "account.settings" } },
  { path: "/me/sessions", component: () => import("./SessionsPage.vue"), meta: { title: "account.sessions.title" } },
  { path: "/me/phone", component: () => import("./PhonePage.vue"), meta: { title: "account.phone.title" } },
  { path: "/me/cancel", component: () => import("./CancelPage.vue"), meta: { title: "account.cancel.title" } },
] satisfies RouteRecordRaw[];
