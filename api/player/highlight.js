/** Highlight of the utterance that is read: CSS Custom Highlights, boxes where there are none. */
import { styleSheet } from "./dom.js";

const NAME = "tingwen";
const SHEET = styleSheet(`::highlight(${NAME}) {
  background: var(--tingwen-highlight, light-dark(#fbe9b0, #574917)) }`);
const canHighlight = "Highlight" in globalThis && "highlights" in CSS;

const boxes = document.createElement("div");

/** Give the page the style of the highlight, once. */
export function addHighlightStyle() {
  if (document.adoptedStyleSheets.includes(SHEET)) return;
  document.adoptedStyleSheets.push(SHEET);
}

/**
 * Highlight a range and nothing else; null highlights nothing.
 * @param {Range | null} range
 */
export function highlight(range) {
  if (!canHighlight) drawBoxes(range);
  else if (range) CSS.highlights.set(NAME, new Highlight(range));
  else CSS.highlights.delete(NAME);
}

/** @param {Range | null} range */
function drawBoxes(range) {
  boxes.replaceChildren(...Array.from(range?.getClientRects() ?? [], boxOver));
  document.body.append(boxes);
}

/** @param {DOMRect} rect */
function boxOver({ x, y, width, height }) {
  const box = document.createElement("div");
  Object.assign(box.style, {
    position: "absolute",
    pointerEvents: "none",
    opacity: "0.3",
    background: "var(--tingwen-highlight, #fc0)",
    left: `${x + scrollX}px`,
    top: `${y + scrollY}px`,
    width: `${width}px`,
    height: `${height}px`,
  });
  return box;
}
