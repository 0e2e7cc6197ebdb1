/** Articles on this device, to be heard without a network; the service worker answers from them. */
import { articleOf, KEPT, KEPT_CHANGED, partsOf, removeArticle } from "../offline_cache.js";
import { dequeue, forgetHeard } from "./library.js";
import { SERVICE } from "./service.js";

/**
 * An article that is kept with its sound.
 * @typedef {object} KeptArticle
 * @property {string} id
 * @property {string} title
 * @property {number} n_bytes
 */

/**
 * Have the service worker installed, when the page is there; without one, the pages work as long
 * as there is a network.
 * @param {string} [id] of the article on this page: the worker has not seen it come
 */
export function installWorker(id) {
  const { serviceWorker } = navigator;
  if (!serviceWorker) return; // not without https
  if (id && !serviceWorker.controller) {
    const text = partsOf(id).slice(0, 2).map((part) => new URL(part, SERVICE));
    const show = () => text.forEach((url) => fetch(url).catch(() => {}));
    serviceWorker.addEventListener("controllerchange", show, { once: true });
  }
  serviceWorker.addEventListener("message", ({ data }) => {
    if (data?.withdrawn) forgetWithdrawn(data.withdrawn);
  });
  const install = () => serviceWorker.register(new URL("service-worker.js", SERVICE));
  addEventListener("load", () => install().catch(() => {}), { once: true });
}

/** Its title stands in no list any more. @param {string} id */
function forgetWithdrawn(id) {
  forgetHeard(id);
  dequeue(id);
}

/** Whether this browser, here, can keep articles. */
export async function canKeep() {
  if (!navigator.serviceWorker || !globalThis.caches) return false;
  return Boolean((await navigator.serviceWorker.ready).active);
}

/**
 * Keep an article with its sound, or nothing of it; rejects where there is no room or no network.
 * @param {string} id
 */
export async function keepArticle(id) {
  const cache = await caches.open(KEPT);
  await navigator.storage?.persist?.().catch(() => false); // browsers may clear it otherwise
  try {
    for (const part of partsOf(id)) {
      const url = new URL(part, SERVICE);
      const response = await fetch(url, { cache: "no-cache" });
      if (!response.ok) throw new Error(`${response.status}`);
      await cache.put(url.href, response);
    }
  } catch (error) {
    await dropArticle(id);
    throw error;
  }
  tellWorker();
}

/** @param {string} id */
export async function dropArticle(id) {
  await removeArticle(await caches.open(KEPT), id, SERVICE.href);
  tellWorker();
}

/** @returns {Promise<KeptArticle[]>} the newest first */
export async function listKept() {
  if (!globalThis.caches || !(await caches.has(KEPT))) return [];
  const cache = await caches.open(KEPT);
  const found = [];
  for (const { url } of await cache.keys()) {
    const article = articleOf(url.slice(SERVICE.href.length));
    if (article?.isSound) found.unshift(await describe(cache, article.id, url));
  }
  return found;
}

/** @param {Cache} cache @param {string} id @param {string} soundUrl */
async function describe(cache, id, soundUrl) {
  const about = await cache.match(new URL(`v1/articles/${id}`, SERVICE).href);
  const sound = await cache.match(soundUrl);
  const { title = "" } = about ? await about.json() : {};
  return { id, title, n_bytes: (await sound?.blob())?.size ?? 0 };
}

/** Size in megabytes, as people are told it. @param {number} n_bytes */
export function megabytes(n_bytes) {
  return (n_bytes / 1e6).toFixed(1);
}

function tellWorker() {
  navigator.serviceWorker?.controller?.postMessage(KEPT_CHANGED);
}
