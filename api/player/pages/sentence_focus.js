/** One stop for the tab key in the whole text; the arrows go from sentence to sentence. */

const SENTENCES = "span[data-sentence]";

/** @param {HTMLElement} article */
export function moveBySentences(article) {
  article.addEventListener("keydown", moveFocus);
  article.addEventListener("focusin", keepOneTabStop);
}

/** The return key plays. @param {KeyboardEvent} event */
function moveFocus(event) {
  const { currentTarget, key, target } = event;
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  if (key === "Enter" && target.dataset.sentence) target.click();
  const by = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (!by) return;
  const sentences = sentencesOf(currentTarget);
  const next = event.shiftKey
    ? firstOfParagraph(target, by)
    : sentences[sentences.indexOf(target) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** With shift, the arrows go by paragraphs. @param {HTMLElement} target @param {number} by */
function firstOfParagraph(target, by) {
  let block = target.parentElement;
  do {
    block = /** @type {HTMLElement | null} */ (
      by > 0 ? (block?.nextElementSibling ?? null) : (block?.previousElementSibling ?? null)
    );
  } while (block && !block.querySelector(SENTENCES));
  return /** @type {HTMLElement | null} */ (block?.querySelector(SENTENCES) ?? null);
}

/** @param {FocusEvent} event */
function keepOneTabStop({ currentTarget, target }) {
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  if (!target.dataset.sentence) return;
  for (const sentence of sentencesOf(currentTarget)) sentence.tabIndex = -1;
  target.tabIndex = 0;
}

/** @param {HTMLElement} article @returns {HTMLElement[]} */
function sentencesOf(article) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (article.querySelectorAll(SENTENCES))];
}
