/** The page around the player: what is read is highlighted and kept in view, clicks are heard. */
import { findPlace } from "./find_place.js";
import { highlight } from "./highlight.js";
import { isPlainClick, sentenceLink } from "./page_links.js";
import { PageText } from "./page_text.js";
import { ScrollFollower } from "./scroll_follower.js";

/**
 * The player that the page belongs to.
 * @typedef {object} PagePlayer
 * @property {() => boolean} hasStarted  whether its reader has begun to listen
 * @property {() => number} index  of the utterance that is read
 * @property {(index: number) => void} goTo
 * @property {() => () => void} mark  remembers what is so, and gives what brings it back
 * @property {(event: KeyboardEvent) => void} press
 * @property {() => void} redraw
 */

export class PageFollower {
  #player;
  #scroll = new ScrollFollower();
  /** @type {PageText | null} */
  #text = null;
  #rebind = () => {};
  /** Takes back what the last click asked for. */
  #undo = () => {};

  /** @param {PagePlayer} player */
  constructor(player) {
    this.#player = player;
  }

  /** Whether the article was looked for and its element is there. */
  get isBound() {
    return this.#text !== null;
  }

  /** Whether the reader has scrolled away from what is read. */
  get isAstray() {
    return Boolean(this.#text?.isFound) && !this.#scroll.follows;
  }

  /**
   * Find the utterances in an element, or in the one that an id or a selector names.
   * @param {string | Element | null} place
   * @param {import("./narration.js").Utterance[]} utterances
   */
  bind(place, utterances) {
    this.#rebind = () => this.bind(place, utterances);
    const root = typeof place === "string" ? findPlace(place) : place;
    this.#text = root && new PageText(root, utterances);
  }

  release() {
    if (this.#text) highlight(null);
    this.#text = null;
  }

  /** Scroll along from now on. */
  follow() {
    this.#scroll.follows = true;
  }

  /**
   * Hear what the reader does on the page until `signal` ends it.
   * @param {AbortSignal} signal
   */
  listen(signal) {
    const player = this.#player;
    const hand = () => this.#scroll.noteHand();
    document.addEventListener("click", (event) => this.#click(event), { signal });
    document.addEventListener(
      "keydown",
      (event) => {
        if (this.#contains(event.target)) player.press(event);
      },
      { signal },
    );
    addEventListener("wheel", hand, { signal, passive: true });
    addEventListener("touchmove", hand, { signal, passive: true });
    addEventListener(
      "scroll",
      () => {
        const rect = this.#text?.range(player.index())?.getBoundingClientRect();
        if (this.#scroll.noteScroll(rect)) player.redraw();
      },
      { signal },
    );
  }

  /**
   * Highlight an utterance; if the reader follows a sound that plays, bring it into view.
   * @param {number} index
   * @param {boolean} isPlaying
   */
  show(index, isPlaying) {
    if (this.#text?.isStale) this.#rebind();
    if (this.#text) highlight(this.#text.range(index));
    if (isPlaying && this.#scroll.follows) this.reveal(index);
  }

  /**
   * Bring an utterance into view.
   * @param {number} index
   */
  reveal(index) {
    const rect = this.#text?.range(index)?.getBoundingClientRect();
    if (rect) this.#scroll.reveal(rect);
  }

  /** @param {EventTarget | null} target */
  #contains(target) {
    return target instanceof Node && Boolean(this.#text?.root.contains(target));
  }

  /**
   * A click acts at once; with a mouse a second one marks a word, and takes the first one back.
   * @param {PointerEvent | MouseEvent} event
   */
  #click(event) {
    const isMouse = event instanceof PointerEvent && event.pointerType === "mouse";
    if (isMouse && event.detail > 1) {
      this.#undo();
      this.#undo = () => {};
      return;
    }
    const index = this.#indexAsked(event);
    if (index === undefined) return;
    event.preventDefault();
    this.#undo = this.#player.mark();
    this.#player.goTo(index);
  }

  /**
   * Index of the sentence that a click asks for, undefined if it asks for none.
   * @param {MouseEvent} event
   * @returns {number | undefined}
   */
  #indexAsked(event) {
    if (!this.#text || !this.#contains(event.target) || !isPlainClick(event)) return undefined;
    const link = sentenceLink(event.target);
    // The text of a page is no link until its reader has begun to listen.
    const found = this.#player.hasStarted() ? this.#text.indexAt(event) : undefined;
    const index = link ? link.index : found;
    if (index === undefined || Number.isNaN(index)) return undefined;
    if (link) history.replaceState(null, "", `#s=${index}`);
    return index;
  }
}
