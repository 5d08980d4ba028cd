import type { RouteRecordRaw } from "vue-router";
import { warmWhenIdle } from "./warm";

warmWhenIdle();

export default [
  { path: "/scan", component: () => import("./ScanPage.vue"), meta: { verified: true, title: "scan.title" } },
  { path: "/scan/code", component: () => import("./ShortCodePage.vue"), meta: { verified: true, title: "scan.short.title" } },
  { path: "/scan/run", component: () => import("./RunPage.vue"), meta: { verified: true, title: "scan.run.title" } },
  // The system's camera opens this address too: whoever is not signed in comes back to it afterwards.
  { path: "/s/:code", component: () => import("./SessionPage.vue"), meta: { verified: true, title: "scan.session" } },
] satisfies RouteRecordRaw[];
