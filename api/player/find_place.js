/** The element of a page that an attribute names. */

/** Names that found nothing, told once each. @type {Set<string>} */
const missed = new Set();

/**
 * Find the element with an id, else the first that a selector finds; the console says what finds
 * none.
 * @param {string} name
 */
export function findPlace(name) {
  const found = document.getElementById(name) ?? bySelector(name);
  if (!found && !missed.has(name)) {
    missed.add(name);
    console.warn(`tingwen: for="${name}" finds no element: give an id or a CSS selector`);
  }
  return found;
}

/** @param {string} selector */
function bySelector(selector) {
  try {
    return document.querySelector(selector);
  } catch {
    return null; // no selector
  }
}
