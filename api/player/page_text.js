/** Utterances in the page's own markup, which stays as it is. */

/** @typedef {import("./narration.js").Utterance} Utterance */

/** Letters that are seen: without white space, soft hyphens, zero-width and direction marks. */
const VISIBLE = /[^\s\u00ad\u200b-\u200f\u2060\ufeff]/g;
const NOT_TEXT = "script,style,template,noscript,button,tingwen-player";
const CLICKABLE = "a,button,input,label,select,summary";
/** An utterance so many letters further on is something else that reads the same. */
const FAR_LETTERS = 2000;
/** Shorter ones count only where they are expected. */
const SHORT_LETTERS = 4;

export class PageText {
  /** @type {[node: Text, offset: number][]} where each letter is */
  #letters = [];
  /** @type {Map<number, [first: number, last: number]>} letters of each utterance, by its index */
  #spans = new Map();

  /**
   * @param {Element} root what holds the article's text
   * @param {Utterance[]} utterances
   */
  constructor(root, utterances) {
    this.root = root;
    this.#find(utterances, this.#readLetters());
  }

  get isFound() {
    return this.#spans.size > 0;
  }

  /** Whether the page has put other elements in the place of those that were read. */
  get isStale() {
    return this.#letters[0]?.[0].isConnected === false;
  }

  /**
   * The range of an utterance, null if the page does not have it.
   * @param {number} index
   */
  range(index) {
    const span = this.#spans.get(index);
    if (!span) return null;
    const [firstNode, firstOffset] = this.#letters[span[0]];
    const [lastNode, lastOffset] = this.#letters[span[1]];
    const range = new Range();
    range.setStart(firstNode, firstOffset);
    range.setEnd(lastNode, lastOffset + 1);
    return range;
  }

  /**
   * Index of the utterance under the pointer, undefined if there is none or something else takes
   * the click.
   * @param {MouseEvent} event
   */
  indexAt({ target, clientX, clientY }) {
    if (target instanceof Element && target.closest(CLICKABLE)) return undefined;
    const caret = caretAt(clientX, clientY);
    if (!caret) return undefined;
    // A caret stands behind the letter whose right half was clicked.
    const letter = this.#letters.findIndex(
      ([node, offset]) => node === caret.node && offset >= caret.offset - 1,
    );
    return [...this.#spans].find(([, [first, last]]) => letter >= first && letter <= last)?.[0];
  }

  /** @returns {string} the letters of the page, in a row */
  #readLetters() {
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    let page = "";
    while (walker.nextNode()) {
      const node = /** @type {Text} */ (walker.currentNode);
      if (node.parentElement?.closest(NOT_TEXT)) continue;
      for (const { 0: letter, index } of node.data.matchAll(VISIBLE)) {
        page += letter;
        this.#letters.push([node, index]);
      }
    }
    return page;
  }

  /**
   * Find one utterance after the other: captions and advertisements between them are passed over.
   * @param {Utterance[]} utterances
   * @param {string} page
   */
  #find(utterances, page) {
    let from = 0;
    for (const { index, paragraph, text } of utterances) {
      const wanted = (text.match(VISIBLE) ?? []).join("");
      const reach = wanted.length < SHORT_LETTERS ? 0 : FAR_LETTERS;
      const at = page.indexOf(wanted, from);
      if (!wanted || at < 0 || at > from + reach) continue;
      const end = at + wanted.length;
      this.#spans.set(index, [at, end - 1]);
      // The headline may stand below what follows it.
      if (paragraph >= 0) from = end;
    }
  }
}

/**
 * The place in the text that is under a point of the window.
 * @param {number} x
 * @param {number} y
 * @returns {{node: Node, offset: number} | null}
 */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint?.(x, y); // Safari
  return range ? { node: range.startContainer, offset: range.startOffset } : null;
}
