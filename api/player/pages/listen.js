/** `/listen/{id}`: the article, a sentence a link, and the player that reads it. */
import { create } from "../dom.js";
import { languageOf, translator } from "../words.js";
import { elementOf } from "./elements.js";
import { WORDS } from "./words.js";

/** @typedef {import("../narration.js").Utterance} Utterance */
/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

const HTTP_NOT_FOUND = 404;

const say = translator(WORDS, languageOf(document.documentElement));

export function startListen() {
  const article = elementOf("article", HTMLElement);
  const problem = elementOf("problem", HTMLElement);
  article.addEventListener("keydown", moveFocus);
  article.addEventListener("focusin", keepOneTabStop);
  show(article).catch((/** @type {Error} */ error) => {
    article.remove();
    problem.textContent = error.message;
    problem.hidden = false;
  });
}

/** @param {HTMLElement} article */
async function show(article) {
  const id = location.pathname.split("/").at(-1) ?? "";
  const answer = await load(id);
  document.title = `${answer.title || say("listen")}｜${say("app")}`;
  article.replaceChildren(...blocks(answer));
  article.ariaBusy = null;
  const player = document.createElement("tingwen-player");
  player.setAttribute("for", `#${article.id}`);
  player.setAttribute("article", id);
  elementOf("dock", HTMLElement).append(player);
}

/**
 * @param {string} id
 * @returns {Promise<ArticleAnswer>}
 */
async function load(id) {
  const response = await fetch(new URL(`../v1/articles/${id}`, location.href));
  if (response.ok) return response.json();
  throw new Error(say(response.status === HTTP_NOT_FOUND ? "missing" : "silent"));
}

/**
 * Headline, byline and paragraphs; what stands in the headline but is not the title is the byline.
 * @param {ArticleAnswer} answer
 */
function blocks({ title, utterances }) {
  /** @type {Map<string, Utterance[]>} */
  const groups = new Map();
  let headline = "";
  for (const utterance of utterances) {
    let name = `p${utterance.paragraph}`;
    if (utterance.paragraph < 0) {
      name = headline.length < title.length ? "h1" : "byline";
      headline += utterance.text;
    }
    groups.set(name, [...(groups.get(name) ?? []), utterance]);
  }
  return Array.from(groups, ([name, members]) => {
    const links = members.map(sentenceLink);
    if (name === "h1") return create("h1", {}, ...links);
    return create("p", { className: name === "byline" ? "byline" : "" }, ...links);
  });
}

/** @param {Utterance} utterance */
function sentenceLink({ index, text }) {
  const link = create("a", { href: `#s=${index}`, tabIndex: index ? -1 : 0 }, text);
  link.dataset.sentence = String(index);
  return link;
}

/**
 * One stop for the tab key in the whole text; the arrows go from sentence to sentence.
 * @param {KeyboardEvent} event
 */
function moveFocus(event) {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const { currentTarget, target } = event;
  if (!by || !(currentTarget instanceof HTMLElement)) return;
  const links = [...currentTarget.querySelectorAll("a")];
  const next = links[links.findIndex((link) => link === target) + by];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

/** @param {FocusEvent} event */
function keepOneTabStop({ currentTarget, target }) {
  if (!(currentTarget instanceof HTMLElement) || !(target instanceof HTMLElement)) return;
  for (const link of currentTarget.querySelectorAll("a")) link.tabIndex = -1;
  target.tabIndex = 0;
}
