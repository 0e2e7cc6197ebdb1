/**
 * Entry point of `/service-worker.js`: the pages without a network.
 *
 * The server writes SHELL before it: another version of any file is another script, which
 * browsers take in place of this one. Everything is asked of the service first; only where that
 * does not answer is it taken from this device. A request with a key is never touched.
 */
import { articleOf, KEPT, KEPT_CHANGED } from "../offline_cache.js";
import {
  askAgain, fetchSound, fetchText, lookAtKept, mayBeKept, TEXT, WITHDRAWN,
} from "./articles.js";

const worker = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self));
const PAGES = `tingwen-shell-${SHELL.version}`;
const OURS = [PAGES, TEXT, KEPT];
const SERVICE = worker.registration.scope;
const IS_PRIVATE = SHELL.files.length === 0;
const OFFLINE = "offline";

worker.addEventListener("install", (event) => {
  worker.skipWaiting();
  event.waitUntil(caches.open(PAGES).then((cache) => cache.addAll(SHELL.files.map(urlOf))));
});
worker.addEventListener("activate", (event) => {
  event.waitUntil(IS_PRIVATE ? retire() : takeOver());
});
worker.addEventListener("message", (event) => {
  if (event.data === KEPT_CHANGED) event.waitUntil(lookAtKept(SERVICE));
});
worker.addEventListener("fetch", (event) => {
  const answer = IS_PRIVATE ? null : answerTo(event.request);
  if (answer) event.respondWith(answer);
  if (answer && event.request.mode === "navigate") event.waitUntil(askAgain(SERVICE, tellPages));
});
if (!IS_PRIVATE) lookAtKept(SERVICE).catch(() => {}); // until then each is looked up

/** @param {string} path */
function urlOf(path) {
  return new URL(path, SERVICE).href;
}

/** So that no list of theirs holds it any more. @param {string} id */
async function tellPages(id) {
  for (const page of await worker.clients.matchAll()) page.postMessage({ withdrawn: id });
}

async function ourCaches() {
  return (await caches.keys()).filter((name) => name.startsWith("tingwen-"));
}

/** A service that only some may read leaves nothing of it on a device. */
async function retire() {
  for (const name of await ourCaches()) await caches.delete(name);
  await worker.registration.unregister();
}

async function takeOver() {
  for (const name of await ourCaches()) if (!OURS.includes(name)) await caches.delete(name);
  await worker.clients.claim();
  await renewPages();
}

/** Pages that were kept under another version are fetched anew: the scripts are other ones. */
async function renewPages() {
  const cache = await caches.open(KEPT);
  for (const { url } of await cache.keys()) {
    if (!url.slice(SERVICE.length).startsWith("listen/")) continue;
    const page = await fetch(url).catch(() => null);
    if (page?.ok) await cache.put(url, page);
  }
}

/**
 * The answer to a request, null for one that is left to the browser: what a page has brought
 * (`/?text=`), as the server must see where that came from, and whatever else is not ours.
 * @param {Request} request
 * @returns {Promise<Response> | null}
 */
function answerTo(request) {
  const { headers, method, mode, url } = request;
  if (method !== "GET" || headers.has("authorization") || !url.startsWith(SERVICE)) return null;
  const path = url.slice(SERVICE.length).replace(/#.*/, "");
  if (SHELL.files.includes(path || "./")) return fetchShell(request, path || "./");
  const article = articleOf(path);
  if (!article) return null;
  if (article.isSound) {
    return mayBeKept(article.id) ? fetchSound(request, article.id, SERVICE) : null;
  }
  return fetchText(request, article.id, SERVICE).then(async (found) => {
    if (found?.status === WITHDRAWN) await tellPages(article.id);
    return found ?? (await offlinePage(mode)) ?? Response.error();
  });
}

/** Said in place of a page. @param {RequestMode} mode */
async function offlinePage(mode) {
  return mode === "navigate" ? shellFile(OFFLINE) : undefined;
}

/** @param {Request} request @param {string} path */
async function fetchShell(request, path) {
  return fetch(request).catch(async () => (await shellFile(path)) ?? Response.error());
}

/** @param {string} path */
function shellFile(path) {
  return caches.match(urlOf(path), { cacheName: PAGES, ignoreVary: true });
}
