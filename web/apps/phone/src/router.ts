// Every feature brings its own routes; here they are only gathered.
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";

const features = import.meta.glob<RouteRecordRaw[]>("./features/*/routes.ts", { eager: true, import: "default" });

export const router = createRouter({ history: createWebHistory(), routes: Object.values(features).flat() });
