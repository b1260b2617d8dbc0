// The service worker of the field app, at /sw.js above /field/: the page and its files are there without signal.
// Data never passes through here; the app keeps that itself, encrypted.
import { cacheNames, clientsClaim } from "workbox-core";
import { addPlugins, cleanupOutdatedCaches, createHandlerBoundToURL, precacheAndRoute } from "workbox-precaching";
import { NavigationRoute, registerRoute } from "workbox-routing";
import { CacheFirst, NetworkFirst } from "workbox-strategies";

const EDITION = "__EDITION__";
const STATIC = "__STATIC__";
const names = (list) => (list ? list.split(",") : []);
const FIRST = names("__FIRST__");
const LATER = names("__LATER__"); // engine of the forms and the like: fetched once the app is at rest
const HOME = "/field/";

/** What may be kept: a whole answer, not the login page. Whoever asks later may speak another language by then;
 *  it is the same page, so it does not vary. */
function keepable(response) {
  if (!response.ok || response.redirected) return null;
  const headers = new Headers(response.headers);
  headers.delete("Vary");
  return new Response(response.body, { status: response.status, headers });
}

addPlugins([{ cacheWillUpdate: async ({ response }) => keepable(response) }]);
precacheAndRoute([
  { url: HOME, revision: EDITION },
  ...FIRST.map((name) => ({ url: STATIC + name, revision: null })), // the name holds a hash of the content
  ...["app-192.png", "logo.svg"].map((name) => ({ url: STATIC + name, revision: EDITION })),
]);
cleanupOutdatedCaches();
clientsClaim();

// "?fresh" goes to the server: after signing in, it may have something to ask first.
registerRoute(new NavigationRoute(createHandlerBoundToURL(HOME), { allowlist: [/^\/field\/(?!\?fresh)(\?.*)?$/] }));
registerRoute(({ url }) => url.pathname.startsWith(STATIC) && LATER.includes(url.pathname.slice(STATIC.length)), new CacheFirst({ cacheName: "field-later" }));
// The scan page checks signatures without signal, once it was opened with signal.
registerRoute(({ url, request }) => url.pathname === "/field/scan/" && request.mode === "navigate" && request.method === "GET", new NetworkFirst({ cacheName: "field-pages", networkTimeoutSeconds: 4 }));
registerRoute(({ url, request }) => url.pathname.startsWith(STATIC) && request.referrer.includes("/field/scan/"), new NetworkFirst({ cacheName: "field-pages", networkTimeoutSeconds: 4 }));

async function fetchLater() {
  const shelf = await caches.open("field-later");
  for (const name of LATER) {
    if (!(await shelf.match(STATIC + name))) await shelf.add(STATIC + name).catch(() => {});
  }
  for (const request of await shelf.keys()) {
    if (!LATER.includes(new URL(request.url).pathname.slice(STATIC.length))) await shelf.delete(request);
  }
}

/** The page in the language that was chosen just now. */
async function fetchPage() {
  const page = keepable(await fetch(HOME, { cache: "reload", credentials: "same-origin" }));
  if (!page) return;
  const shelf = await caches.open(cacheNames.precache);
  const kept = (await shelf.keys()).find(({ url }) => new URL(url).pathname === HOME);
  if (kept) await shelf.put(kept, page);
}

addEventListener("message", (event) => {
  if (event.data === "fetch-page") event.waitUntil(fetchPage().finally(() => event.ports[0]?.postMessage("done")));
  if (event.data === "take-over") skipWaiting();
  if (event.data === "fetch-later") event.waitUntil(fetchLater());
});
