// Every feature brings its own routes; here they are gathered and guarded.
import { createRouter, createWebHistory, type RouteLocationNormalized, type RouteRecordRaw } from "vue-router";
import { laterWords, words } from "./i18n";
import { detour } from "./shared/guard";
import type { Tab } from "./shared/tab";
import { introSeen } from "./shared/intro";
import { useMe } from "./shared/useMe";
import { usePhone } from "./shared/usePhone";

declare module "vue-router" {
  interface RouteMeta {
    tab?: Tab;
    public?: boolean;
    verified?: boolean;
    title?: string;
  }
}

const features = import.meta.glob<RouteRecordRaw[]>("./features/*/routes.ts", { eager: true, import: "default" });

export const router = createRouter({
  history: createWebHistory(),
  routes: Object.values(features).flat(),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
});

let restored: Promise<boolean> | undefined;

/** The refresh cookie is tried once; without a connection the next navigation tries again. */
async function signedIn(): Promise<boolean> {
  const phone = usePhone();
  if (phone.signedIn) return true;
  restored ??= phone.restore().catch((reason: unknown) => {
    restored = undefined;
    throw reason;
  });
  await restored;
  return phone.signedIn;
}

/** The page's own files come while the session is still being restored, not after it. */
function fetchFiles(to: RouteLocationNormalized): void {
  for (const record of to.matched) {
    const page = record.components?.["default"] as (() => Promise<unknown>) | object | undefined;
    if (typeof page === "function") void (page as () => Promise<unknown>)().catch(() => undefined);
  }
}

router.beforeEach(async (to) => {
  fetchFiles(to);
  if (to.meta.public) return true;
  try {
    const standing = { introSeen: introSeen(), signedIn: await signedIn(), verified: () => useMe().verified() };
    const wish = { fullPath: to.fullPath, open: false, verified: to.meta.verified === true };
    return (await detour(wish, standing)) ?? true;
  } catch {
    return { name: "unreachable", query: { to: to.fullPath } };
  }
});

/** Pages whose words come with the app. */
const FIRST = new Set(["/", "/welcome", "/sign-in"]);

router.beforeResolve(async (to) => {
  const rest = laterWords();
  if (!FIRST.has(to.path)) await rest;
  else rest.catch(() => undefined);
});

router.afterEach((to) => {
  const { t } = words;
  document.title = to.meta.title ? `${t(to.meta.title)} · ${t("shared.app")}` : t("shared.app");
});

// A page of the old version asks for files that the new one no longer has: one reload brings the new one.
const RELOADED = "hulian.reloaded";
router.onError((failure: Error, to) => {
  const gone = /dynamically imported module|importing a module script|preload CSS/i.test(failure.message);
  if (!gone || sessionStorage.getItem(RELOADED) === to.fullPath) return;
  sessionStorage.setItem(RELOADED, to.fullPath);
  location.assign(to.fullPath);
});
