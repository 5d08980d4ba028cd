// The service worker keeps the shell only. A new version is fetched beside the running one and offered, never forced:
// somebody may be in the middle of a signature.
import { ref } from "vue";

export const updateReady = ref(false);
let waiting: ServiceWorker | null = null;

function watchWorker(registration: ServiceWorkerRegistration): void {
  const offer = (worker: ServiceWorker | null) => {
    if (!worker || !navigator.serviceWorker.controller) return;
    waiting = worker;
    updateReady.value = true;
  };
  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && offer(coming));
  });
}

/** Keeping files for later waits until what is needed now is there. */
const SETTLED_MS = 10_000;

export function keepUpdated(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const register = () =>
    void navigator.serviceWorker.register("/sw.js").then(
      (registration) => registration && watchWorker(registration),
      () => undefined,
    );
  const settled = () => setTimeout(register, SETTLED_MS);
  if (document.readyState === "complete") settled();
  else addEventListener("load", settled, { once: true });
}

/** How long a new version may take to be fetched before the page is simply opened anew, which fetches it as well. */
const FETCH_MS = 10_000;

/** Fetches the newest version and goes over to it, whether or not it has been found already. */
export async function updateNow(): Promise<void> {
  const registration = await navigator.serviceWorker?.getRegistration();
  await registration?.update().catch(() => undefined);
  for (let waited = 0; registration?.installing && waited < FETCH_MS; waited += 250) await new Promise((wake) => setTimeout(wake, 250));
  if (registration?.waiting) {
    waiting = registration.waiting;
    takeUpdate();
  } else location.reload();
}

export function takeUpdate(): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waiting?.postMessage("take-over");
}
