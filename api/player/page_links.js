/** Links to sentences: `#s=12` in an address, `data-sentence` in a page. */

/**
 * Index of the sentence that a hash names, null if it names none.
 * @param {string} hash
 */
export function indexInHash(hash) {
  const found = /[#&]s=(\d+)/.exec(hash);
  return found && Number(found[1]);
}

/**
 * Seconds that a hash names, NaN if it names none.
 * @param {string} hash
 */
export const timeInHash = (hash) => Number(/[#&]t=(\d+(?:\.\d+)?)/.exec(hash)?.[1]);

/**
 * The link to a sentence that was clicked, and its index; null if it was none.
 * @param {EventTarget | null} target
 * @returns {{index: number} | null}
 */
export function sentenceLink(target) {
  const link = target instanceof Element ? target.closest("[data-sentence]") : null;
  return link && { index: Number(link.getAttribute("data-sentence")) };
}

/**
 * Whether a click is one for us: not taken by another, no new tab, no text being marked.
 * @param {MouseEvent} event
 */
export function isPlainClick({ ctrlKey, defaultPrevented, metaKey, shiftKey }) {
  const hasModifier = ctrlKey || metaKey || shiftKey;
  return !defaultPrevented && !hasModifier && getSelection()?.isCollapsed !== false;
}
