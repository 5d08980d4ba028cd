import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/certificates/apply", component: () => import("./CertificatePage.vue"), meta: { verified: true, title: "grant.certificate.title" } },
  { path: "/seals/apply", component: () => import("./SealPage.vue"), meta: { verified: true, title: "grant.seal.title" } },
] satisfies RouteRecordRaw[];
