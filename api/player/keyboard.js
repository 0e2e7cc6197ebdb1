/** Keys of the player. */

/** @typedef {"toggle" | "back" | "forward" | "previous" | "next"} KeyRequest */

/** @type {Readonly<Record<string, KeyRequest>>} */
const KEYS = { " ": "toggle", k: "toggle", j: "back", l: "forward" };
/** @type {Readonly<Record<string, KeyRequest>>} */
const ARROWS = { ArrowLeft: "back", ArrowRight: "forward" };
/** @type {Readonly<Record<string, KeyRequest>>} */
const SHIFTED_ARROWS = { ArrowLeft: "previous", ArrowRight: "next" };
/** On the bar these would else move by a tenth of a second. @type {typeof ARROWS} */
const BAR_ARROWS = { ArrowDown: "back", ArrowUp: "forward" };

/** What is typed here stays here. */
const OWN_KEYS = "select, textarea, input:not([type=range]), [contenteditable]";

/**
 * What a key asks of the player, undefined if it is for somebody else.
 * @param {KeyboardEvent} event
 * @returns {KeyRequest | undefined}
 */
export function keyRequest(event) {
  const { key, shiftKey } = event;
  const origin = /** @type {Element} */ (event.composedPath()[0]);
  if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return undefined;
  if (origin.matches(OWN_KEYS)) return undefined;
  if (origin.matches("button") && (key === " " || key === "Enter")) return undefined;
  return (
    KEYS[key.toLowerCase()] ??
    (shiftKey ? SHIFTED_ARROWS : ARROWS)[key] ??
    (origin.matches("input") ? BAR_ARROWS[key] : undefined)
  );
}
