// The service worker: keeps the app's own files, so that the shell opens without a connection. It never sees an answer
// of the API and never holds a key: whatever is not one of these files goes to the network untouched.
const VERSION = "__VERSION__";
const FILES = ["__FILES__"];
const CACHE = `shell-${VERSION}`;
const BESIDE = ["/index.html", "/icon.svg", "/manifest.webmanifest"];

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...BESIDE, ...FILES])));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("shell-") && name !== CACHE;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});

// The page asks for it when the person does: somebody may be in the middle of a signature.
self.addEventListener("message", (event) => {
  if (event.data === "take-over") self.skipWaiting();
});

async function page(request) {
  try {
    return await fetch(request);
  } catch (reason) {
    const kept = await caches.match("/index.html", { cacheName: CACHE });
    if (kept) return kept;
    throw reason;
  }
}

async function file(request, path) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (FILES.includes(url.pathname) || BESIDE.includes(url.pathname)) event.respondWith(file(request, url.pathname));
});
