// Fetches the decoder once the first page has come to rest, so that the camera reads from its first second on.
const REST_MS = 2500;

function thrifty(): boolean {
  const connection = (navigator as { connection?: { saveData?: boolean } }).connection;
  return connection?.saveData === true;
}

export function warmWhenIdle(): void {
  if (typeof window === "undefined" || thrifty()) return;
  // A session's page has its code already; what it shows comes first.
  if (location.pathname.startsWith("/s/")) return;
  const idle = window.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 0));
  const later = () => setTimeout(() => idle(() => void import("./decoder").then(({ decoder }) => decoder()).catch(() => undefined)), REST_MS);
  if (document.readyState === "complete") later();
  else window.addEventListener("load", later, { once: true });
}
