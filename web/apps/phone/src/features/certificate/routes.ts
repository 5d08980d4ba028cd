import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/certificates", component: () => import("./CertificatesPage.vue"), meta: { verified: true, title: "certificate.title" } },
  { path: "/certificates/:holding_id", component: () => import("./CertificatePage.vue"), props: true, meta: { verified: true, title: "certificate.detail" } },
] satisfies RouteRecordRaw[];
