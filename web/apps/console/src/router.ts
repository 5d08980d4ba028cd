// Which page is where, and for whom: a page that is nobody's duty is not offered, and asks for a sign-in first.
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { can, me, start } from "./features/session/useSession";

declare module "vue-router" {
  interface RouteMeta {
    /** Any of these duties; everybody who is signed in without. */
    duties?: readonly string[];
    open?: boolean;
  }
}

const CASES = ["decide_cases", "decide_deposits"] as const;

const routes: RouteRecordRaw[] = [
  { path: "/sign-in", name: "sign-in", component: () => import("./features/session/SignInPage.vue"), meta: { open: true } },
  {
    path: "/",
    component: () => import("./features/frame/ConsoleFrame.vue"),
    children: [
      // Decided when it is known who is there.
      { path: "", name: "home", component: { render: () => null }, beforeEnter: () => ({ name: home() }) },
      { path: "cases", name: "cases", component: () => import("./features/case/CaseList.vue"), meta: { duties: CASES } },
      { path: "cases/:id", name: "case", component: () => import("./features/case/CasePage.vue"), props: true, meta: { duties: CASES } },
      { path: "operators", name: "operators", component: () => import("./features/operator/OperatorsPage.vue"), meta: { duties: ["manage_operators"] } },
      { path: "audit", name: "audit", component: () => import("./features/audit/AuditPage.vue"), meta: { duties: ["read_audit"] } },
      { path: "content", name: "content", component: () => import("./features/content/ContentPage.vue"), meta: { duties: ["edit_content"] } },
      { path: "faults", name: "faults", component: () => import("./features/fault/FaultsPage.vue"), meta: { duties: ["read_faults"] } },
      { path: "system", name: "system", component: () => import("./features/system/SystemPage.vue") },
      { path: ":rest(.*)*", redirect: { name: "home" } },
    ],
  },
];

/** The first page that is this operator's work. */
function home(): string {
  if (CASES.some(can)) return "cases";
  if (can("manage_operators")) return "operators";
  if (can("edit_content")) return "content";
  return can("read_audit") ? "audit" : "system";
}

export const router = createRouter({ history: createWebHistory("/console/"), routes, scrollBehavior: () => ({ top: 0 }) });

router.beforeEach(async (to) => {
  await start();
  if (to.meta.open) return me.value ? { name: "home" } : true;
  if (!me.value) return { name: "sign-in", query: to.path === "/" ? {} : { to: to.fullPath } };
  const duties = to.meta.duties;
  return !duties || duties.some(can) ? true : { name: "home" };
});
