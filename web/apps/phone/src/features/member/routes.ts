import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/units/join", component: () => import("./JoinPage.vue"), meta: { verified: true, title: "member.join" } },
  { path: "/join/:token", component: () => import("./InvitationPage.vue"), props: true, meta: { verified: true, title: "member.invitation" } },
  { path: "/applications", component: () => import("./ApplicationsPage.vue"), meta: { title: "member.applications" } },
  { path: "/units/:unit_id/tasks", component: () => import("./TasksPage.vue"), props: true, meta: { title: "member.tasks" } },
  { path: "/units/:unit_id/members/remove", component: () => import("./RemovePage.vue"), props: true, meta: { title: "member.remove" } },
  { path: "/units/:unit_id/transfer", component: () => import("./TransferPage.vue"), props: true, meta: { title: "member.transfer" } },
  { path: "/units/:unit_id/invite", component: () => import("./InvitePage.vue"), props: true, meta: { title: "member.invite" } },
] satisfies RouteRecordRaw[];
