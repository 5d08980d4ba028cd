import type { RouteRecordRaw } from "vue-router";

export default [
  { path: "/units/:unit_id/information", component: () => import("./InformationPage.vue"), props: true, meta: { title: "unit_management.information" } },
  { path: "/units/:unit_id/manage", component: () => import("./ManagePage.vue"), props: true, meta: { title: "unit_management.manage" } },
  { path: "/units/:unit_id/avatar", component: () => import("./AvatarPage.vue"), props: true, meta: { title: "unit_management.avatar" } },
  { path: "/units/:unit_id/materials", component: () => import("./MaterialsPage.vue"), props: true, meta: { title: "unit_management.materials" } },
  { path: "/units/:unit_id/representative", component: () => import("./RepresentativePage.vue"), props: true, meta: { title: "unit_management.representative" } },
  { path: "/units/:unit_id/change", component: () => import("./ChangePage.vue"), props: true, meta: { verified: true, title: "unit_management.change" } },
  { path: "/units/:unit_id/permission", component: () => import("./PermissionPage.vue"), props: true, meta: { title: "unit_management.permission" } },
  { path: "/units/:unit_id/takeover", component: () => import("./TakeoverPage.vue"), props: true, meta: { verified: true, title: "unit_management.takeover" } },
] satisfies RouteRecordRaw[];
