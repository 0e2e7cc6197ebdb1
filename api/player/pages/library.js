/**
 * My listening, kept on this device: what was heard lately, and what is to follow, articles and
 * episodes of the podcast.
 */

const KEY = "tingwen-listening";
const MOST_RECENT = 50;
const MOST_QUEUED = 100;
const ARTICLE = /^[0-9a-f]{32}$/;
const EPISODE = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * An article or an episode that was begun, or is to be.
 * @typedef {object} Entry
 * @property {string} id  of an article, or the guid of an episode
 * @property {string} title
 * @property {string} source  byline or site; may be ""
 * @property {number} duration  seconds, 0 while nobody knows
 * @property {number} time  seconds where it was left; its duration when it was heard to its end
 */

/** @typedef {{recent: Entry[], queue: Entry[]}} Library  the newest first, the next first */

/** @param {string} id */
export const isEpisode = (id) => EPISODE.test(id);

/** Where it is heard, from the service's address on. @param {string} id */
export const pageOf = (id) => (isEpisode(id) ? `podcast/listen/${id}` : `listen/${id}`);

/** @returns {Library} */
export function readLibrary() {
  try {
    const { recent, queue } = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { recent: entries(recent), queue: entries(queue) };
  } catch {
    return { recent: [], queue: [] };
  }
}

/** @param {unknown} stored @returns {Entry[]} */
function entries(stored) {
  if (!Array.isArray(stored)) return [];
  return stored.filter((entry) => ARTICLE.test(entry?.id) || isEpisode(entry?.id));
}

/** @param {Library} library */
function write(library) {
  try {
    localStorage.setItem(KEY, JSON.stringify(library));
  } catch {} // no storage, or a full one: then nothing is remembered
}

/**
 * Keep how far an article was heard, as the newest.
 * @param {Entry} entry
 */
export function keepHeard(entry) {
  const { recent, queue } = readLibrary();
  const others = recent.filter(({ id }) => id !== entry.id);
  write({ recent: [entry, ...others].slice(0, MOST_RECENT), queue });
}

/** @param {string} id */
export function forgetHeard(id) {
  const { recent, queue } = readLibrary();
  write({ recent: recent.filter((entry) => entry.id !== id), queue });
}

export function forgetAllHeard() {
  write({ ...readLibrary(), recent: [] });
}

/** @param {Entry} entry  to follow at the end, once */
export function enqueue(entry) {
  const { recent, queue } = readLibrary();
  const others = queue.filter(({ id }) => id !== entry.id);
  write({ recent, queue: [...others, entry].slice(0, MOST_QUEUED) });
}

/** @param {Entry[]} entries  to follow now, before what was to follow */
export function enqueueNext(entries) {
  const { recent, queue } = readLibrary();
  const others = queue.filter(({ id }) => !entries.some((entry) => entry.id === id));
  write({ recent, queue: [...entries, ...others].slice(0, MOST_QUEUED) });
}

/** @param {string} id */
export function dequeue(id) {
  const { recent, queue } = readLibrary();
  write({ recent, queue: queue.filter((entry) => entry.id !== id) });
}

/**
 * @param {string} id
 * @param {number} position  in the queue, 0 is next
 */
export function moveInQueue(id, position) {
  const { recent, queue } = readLibrary();
  const moved = queue.find((entry) => entry.id === id);
  if (!moved) return;
  const others = queue.filter((entry) => entry !== moved);
  others.splice(Math.max(0, position), 0, moved);
  write({ recent, queue: others });
}

/** Take the next one out of the queue. @returns {Entry | undefined} */
export function takeNext() {
  const { recent, queue } = readLibrary();
  const [next, ...rest] = queue;
  if (next) write({ recent, queue: rest });
  return next;
}
