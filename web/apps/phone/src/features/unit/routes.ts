import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/units", name: "units", component: () => import("./UnitsPage.vue"), meta: { tab: "units", title: "unit_page.title" } },
  { path: "/units/new", component: () => import("./RegisterPage.vue"), meta: { verified: true, title: "unit_page.register" } },
  { path: "/units/new/foreign", component: () => import("./ForeignPage.vue"), meta: { verified: true, title: "unit_page.foreign.title" } },
  { path: "/units/:unit_id/licence", component: () => import("./LicencePage.vue"), props: true, meta: { title: "unit_page.licence.title" } },
  { path: "/units/:unit_id/deposit", component: () => import("./DepositPage.vue"), props: true, meta: { title: "unit_page.deposit.title" } },
  { path: "/units/:unit_id", component: () => import("./UnitPage.vue"), props: true, meta: { title: "unit_page.detail" } },
] satisfies RouteRecordRaw[];
