/** Articles without a network: the last ones' text, and those that were kept with their sound. */
import { articleOf, KEPT, removeArticle, resourceOf } from "../offline_cache.js";
import { answerRange } from "./range_response.js";

/** The cache of the last articles' text; of another version of the pages there is none. */
export const TEXT = `tingwen-text-${SHELL.version}`;
const MOST_REQUESTS = 40; // a page and its times: twenty articles
const PATIENCE_MS = 3000;
/** Status of what its publisher has withdrawn. */
export const WITHDRAWN = 410;
const GONE = [404, WITHDRAWN];
const ASK_EVERY_MS = 600_000;

/** Articles whose sound is kept; null until it is known. @type {Set<string> | null} */
let kept = null;
let askedAt = -Infinity;

/** Look again at what is kept. @param {string} service  its address */
export async function lookAtKept(service) {
  const requests = await (await caches.open(KEPT)).keys();
  const articles = requests.map(({ url }) => articleOf(url.slice(service.length)));
  kept = new Set(articles.filter((found) => found?.isSound).map((found) => found?.id ?? ""));
}

/**
 * Ask the service now and then about each kept article, whether or not anybody opens it: what was
 * withdrawn goes. Without an answer all stays.
 * @param {string} service
 * @param {(id: string) => Promise<void>} onWithdrawn
 */
export async function askAgain(service, onWithdrawn) {
  if (performance.now() - askedAt < ASK_EVERY_MS) return;
  askedAt = performance.now();
  await lookAtKept(service);
  for (const id of kept ?? []) {
    const url = new URL(resourceOf(id), service);
    const now = await fetch(url, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (now?.status === WITHDRAWN) {
      await forget(id, service);
      await onWithdrawn(id);
    }
  }
}

/** Whether the sound of an article may be kept. @param {string} id */
export const mayBeKept = (id) => !kept || kept.has(id);

/**
 * Text or times of an article: from the service wherever it answers, so never an old one, and
 * from this device where it does not.
 * @param {Request} request
 * @param {string} id
 * @param {string} service
 * @returns {Promise<Response | undefined>} undefined where it is nowhere
 */
export async function fetchText(request, id, service) {
  let response;
  try {
    response = await fetch(request);
  } catch {
    return caches.match(request.url, { ignoreVary: true });
  }
  if (GONE.includes(response.status)) await forget(id, service);
  else if (await isWorthKeeping(response)) await remember(request.url, response.clone());
  return response;
}

/**
 * Sound of an article: what is kept, unless the service says that it is another now, or gone.
 * @param {Request} request
 * @param {string} id
 * @param {string} service
 */
export async function fetchSound(request, id, service) {
  const file = await caches.match(request.url, { cacheName: KEPT, ignoreVary: true });
  if (!file) return fetch(request);
  const now = await fetch(request.url, {
    method: "HEAD",
    cache: "no-store",
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => null);
  const isOther = now?.ok && now.headers.get("etag") !== file.headers.get("etag");
  if (now && (isOther || GONE.includes(now.status))) {
    await forget(id, service);
    return fetch(request);
  }
  return answerRange(request, file);
}

/** @param {string} id @param {string} service */
async function forget(id, service) {
  for (const name of [KEPT, TEXT]) await removeArticle(await caches.open(name), id, service);
  await lookAtKept(service);
}

/** @param {string} url @param {Response} response */
async function remember(url, response) {
  const inKept = await caches.open(KEPT);
  if (await inKept.match(url, { ignoreVary: true })) await inKept.put(url, response.clone());
  const cache = await caches.open(TEXT);
  await cache.delete(url, { ignoreVary: true }); // what is put last stands last
  await cache.put(url, response);
  const all = await cache.keys();
  await Promise.all(all.slice(0, -MOST_REQUESTS).map((request) => cache.delete(request)));
}

/** Nothing that is one person's, and nothing unfinished. @param {Response} response */
async function isWorthKeeping(response) {
  const control = response.headers.get("cache-control") ?? "";
  if (!response.ok || response.status === 206 || /no-store|private/.test(control)) return false;
  if (!response.headers.get("content-type")?.startsWith("application/json")) return true;
  return (await response.clone().json()).status === "ready";
}
