/** Coming back: where a narration that was left goes on. */
import { savedTime } from "./storage.js";

/** Nearer than this to the start or the end, a place is not worth coming back to. */
const MARGIN_S = 3;

/** Whether this page was loaded again, rather than come to. */
export function isReload() {
  const [navigation] = performance.getEntriesByType("navigation");
  return /** @type {PerformanceNavigationTiming} */ (navigation)?.type === "reload";
}

/**
 * Where to go on, in seconds; 0 is the beginning.
 * @param {string} url of the narration
 * @param {number} duration  in seconds, NaN while nobody knows
 */
export function timeToResume(url, duration) {
  const time = savedTime(url) ?? 0;
  return time > MARGIN_S && !(time > duration - MARGIN_S) ? time : 0;
}
