/** What is kept for a time without a network, as the pages and the service worker name it. */

/** The cache of articles kept with their sound; their listener or a withdrawal removes one. */
export const KEPT = "tingwen-kept";

/** Message of a page to the worker: what is kept has changed. */
export const KEPT_CHANGED = "kept-changed";

const OF_ARTICLE = /^(?:listen|v1\/articles)\/([0-9a-f]{32})(?:$|\/(audio\.mp3|captions\.vtt)$)/;

/**
 * Addresses of an article that is heard without a network, within the service; the sound last.
 * @param {string} id
 */
export function partsOf(id) {
  const resource = resourceOf(id);
  return [`listen/${id}`, resource, `${resource}/captions.vtt`, `${resource}/audio.mp3`];
}

/** Address of an article's JSON, within the service. @param {string} id */
export const resourceOf = (id) => `v1/articles/${id}`;

/**
 * The article that an address belongs to, and whether it is its sound; null for any other.
 * @param {string} path  within the service
 */
export function articleOf(path) {
  const found = OF_ARTICLE.exec(path);
  return found && { id: found[1], isSound: found[2] === "audio.mp3" };
}

/**
 * Remove an article from a cache.
 * @param {Cache} cache
 * @param {string} id
 * @param {string} service  its address
 */
export async function removeArticle(cache, id, service) {
  await Promise.all(partsOf(id).map((part) => cache.delete(new URL(part, service).href)));
}
