/** Promises of what is to come. */

/**
 * Wait for a time.
 * @param {number} duration_ms
 * @returns {Promise<void>}
 */
export const wait = (duration_ms) => new Promise((done) => setTimeout(done, duration_ms));

/**
 * Wait for the next event of a type.
 * @param {EventTarget} target
 * @param {string} type
 * @returns {Promise<Event>}
 */
export const once = (target, type) =>
  new Promise((done) => target.addEventListener(type, done, { once: true }));
