import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/sign-in", name: "sign-in", component: () => import("./SignInPage.vue"), meta: { public: true, title: "sign_in.title" } },
  { path: "/agreements/:name(user|privacy|service)", component: () => import("./AgreementPage.vue"), props: true, meta: { public: true, title: "sign_in.agreements" } },
] satisfies RouteRecordRaw[];
