/** `/listen/{id}`: the article that is there to read, the player that reads it, what follows. */
import { elementOf } from "./elements.js";
import { offerToKeep } from "./keep_button.js";
import { announceEnd, offerStart, tellResumed, tellVoice } from "./listen_notes.js";
import { offerTools } from "./listen_tools.js";
import { keepHeard, takeNext } from "./library.js";
import { installWorker } from "./offline.js";
import { say, SERVICE } from "./service.js";
import { wasAskedToPlay } from "./start.js";

/** @typedef {import("../component.js").Player} Player */
/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

const SENTENCES = "span[data-sentence]";

/** The article that is heard now. @type {ArticleAnswer | null} */
let heard = null;

export function startListen() {
  const article = elementOf("article", HTMLElement);
  article.addEventListener("keydown", moveFocus);
  article.addEventListener("focusin", keepOneTabStop);
  const player = /** @type {Player} */ (document.createElement("tingwen-player"));
  player.setAttribute("for", `#${article.id}`);
  player.setAttribute("page-keys", "");
  player.setAttribute("article", article.dataset.id ?? "");
  listenTo(player);
  offerTools(player);
  elementOf("dock", HTMLElement).append(player);
  installWorker(article.dataset.id);
  if (wasAskedToPlay(article.dataset.id ?? "")) startByItself(player);
}

/** @param {Player} player */
function listenTo(player) {
  player.addEventListener("narrationchange", (event) => {
    const { detail } = /** @type {CustomEvent<ArticleAnswer>} */ (event);
    heard = detail;
    tellVoice(detail, player);
    offerToKeep(detail).catch(() => {}); // this browser keeps nothing
    if (detail.status === "failed") goOn(player, say("skipped", detail.title));
  });
  player.addEventListener("resume", (event) => {
    tellResumed(/** @type {CustomEvent<{time: number}>} */ (event).detail.time, player);
  });
  for (const type of ["sentencechange", "pause"]) {
    player.addEventListener(type, () => keep(player, player.currentTime));
  }
  addEventListener("pagehide", () => keep(player, player.currentTime));
  player.addEventListener("ended", () => {
    keep(player, player.duration);
    const isEnough = player.sleepMinutes < 0; // 「這篇結束時停止」
    if (isEnough || !goOn(player, "")) announceEnd(player);
  });
}

/** @param {Player} player @param {number} time_s */
function keep(player, time_s) {
  if (!heard?.id || !(time_s > 0)) return;
  const { byline, id, title } = heard;
  keepHeard({ id, title, source: byline, duration: player.duration || 0, time: time_s });
}

/** Where the browser wants a press first, one big key is offered. @param {Player} player */
async function startByItself(player) {
  await customElements.whenDefined("tingwen-player");
  const refused = new Promise((done) => player.addEventListener("playrefused", done));
  player.play();
  await refused;
  offerStart(player);
}

/**
 * Hear the next one of the queue; here, not on a page of its own: there, browsers want a press.
 * @param {Player} player
 * @param {string} why  what is said of the last one, "" for nothing
 * @returns {boolean} whether there was one
 */
function goOn(player, why) {
  const next = takeNext();
  if (!next) return false;
  follow(player, next.id, why).catch(() => goOn(player, say("skipped", next.title)));
  return true;
}

/** @param {Player} player @param {string} id @param {string} why */
async function follow(player, id, why) {
  const response = await fetch(new URL(`listen/${id}`, SERVICE));
  if (!response.ok) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  const article = elementOf("article", HTMLElement);
  article.replaceChildren(...(page.getElementById("article")?.childNodes ?? []));
  article.dataset.id = id;
  document.title = page.title;
  history.pushState(null, "", new URL(`listen/${id}`, SERVICE));
  elementOf("after", HTMLElement).hidden = true;
  elementOf("notice", HTMLElement).textContent = why;
  scrollTo({ top: 0 });
  player.setAttribute("article", id);
  player.play();
}

/**
 * One stop for the tab key in the whole text; the arrows go from sentence to sentence, and the
 * return key plays.
 * @param {KeyboardEvent} event
 */
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
