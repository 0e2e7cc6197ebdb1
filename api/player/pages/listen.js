/**
 * `/listen/{id}` and an episode of the podcast: the text that is there to read, the player that
 * reads it, what follows.
 */
import { elementOf } from "./elements.js";
import { offerToKeep } from "./keep_button.js";
import { announceEnd, offerStart, tellResumed, tellVoice } from "./listen_notes.js";
import { offerTools } from "./listen_tools.js";
import { isEpisode, keepHeard } from "./library.js";
import { installWorker } from "./offline.js";
import { moveBySentences } from "./sentence_focus.js";
import { say } from "./service.js";
import { wasAskedToPlay } from "./start.js";
import { goOn, openArticle } from "./up_next.js";

/** @typedef {import("../component.js").Player} Player */
/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

/** The article that is heard now. @type {ArticleAnswer | null} */
let heard = null;

export function startListen() {
  const article = elementOf("article", HTMLElement);
  moveBySentences(article);
  const player = /** @type {Player} */ (document.createElement("tingwen-player"));
  player.setAttribute("for", `#${article.id}`);
  player.setAttribute("page-keys", "");
  openArticle(player, article);
  listenTo(player);
  offerTools(player);
  elementOf("head", HTMLElement).addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("[data-play-all]")) playAll(player);
  });
  elementOf("dock", HTMLElement).append(player);
  const id = article.dataset.id ?? "";
  installWorker(isEpisode(id) ? "" : id);
  if (wasAskedToPlay(id)) startByItself(player);
}

/** @param {Player} player */
function listenTo(player) {
  player.addEventListener("narrationchange", (event) => {
    const { detail } = /** @type {CustomEvent<ArticleAnswer>} */ (event);
    heard = withNames(detail);
    tellVoice(heard, player);
    offerToKeep(heard).catch(() => {}); // this browser keeps nothing
    if (heard.status === "failed") goOn(player, say("skipped", heard.title));
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

/** A file does not say what it is; the page of an episode does. @param {ArticleAnswer} answer */
function withNames(answer) {
  const { headline = "", id = "", source = "" } = elementOf("article", HTMLElement).dataset;
  return isEpisode(id) ? { ...answer, id, title: headline, byline: source } : answer;
}

/** @param {Player} player @param {number} time_s */
function keep(player, time_s) {
  if (!heard?.id || !(time_s > 0)) return;
  const { byline, id, title } = heard;
  keepHeard({ id, title, source: byline, duration: player.duration || 0, time: time_s });
}

/** A digest from its first article to its last. @param {Player} player */
function playAll(player) {
  player.currentTime = 0;
  player.play();
}

/** Where the browser wants a press first, one big key is offered. @param {Player} player */
async function startByItself(player) {
  await customElements.whenDefined("tingwen-player");
  const refused = new Promise((done) => player.addEventListener("playrefused", done));
  player.play();
  await refused;
  offerStart(player);
}
