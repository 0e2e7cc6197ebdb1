/** Scrolling that keeps what is read in view, while the reader follows. */

/** Shares of the window's height: what is read between the first two is left where it is, else
 * it is scrolled to the third. */
const HIGHEST = 0.12;
const LOWEST = 0.68;
const TARGET = 0.3;
/** Scrolling so soon after our own is its glide, not the reader's hand. */
const OWN_SCROLL_MS = 1000;

export class ScrollFollower {
  follows = true;
  #ownScrollUntil_ms = 0;

  /**
   * Scroll so far that `rect` is well in view.
   * @param {DOMRect} rect
   */
  reveal({ top, bottom }) {
    if (top > innerHeight * HIGHEST && bottom < innerHeight * LOWEST) return;
    this.#ownScrollUntil_ms = performance.now() + OWN_SCROLL_MS;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: top - innerHeight * TARGET, behavior: isCalm ? "instant" : "smooth" });
  }

  /** The reader takes the page in hand: what is scrolled from now on counts. */
  noteHand() {
    this.#ownScrollUntil_ms = 0;
  }

  /**
   * Follow on only while the reader keeps `rect` in view.
   * @param {DOMRect | undefined} rect
   * @returns {boolean} whether it counted
   */
  noteScroll(rect) {
    if (!rect || performance.now() < this.#ownScrollUntil_ms) return false;
    this.follows = rect.bottom > 0 && rect.top < innerHeight;
    return true;
  }
}
