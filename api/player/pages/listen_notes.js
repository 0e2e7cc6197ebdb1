/** What the listen page says around the article: who reads, where it goes on, what is next. */
import { clock } from "../clock.js";
import { create } from "../dom.js";
import { elementOf } from "./elements.js";
import { changeVoice } from "./listen_tools.js";
import { ask, say, SERVICE } from "./service.js";
import { loadVoices, voiceLabel } from "./voices.js";

/** @typedef {import("../component.js").Player} Player */
/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

const AUTOMATIC = "auto";

/** @type {Promise<Map<string, string>> | null} labels of voices, by their names */
let labels = null;

/**
 * Say which voice reads, and that it is one of a machine; if it is not the wanted one, why.
 * @param {ArticleAnswer} article
 * @param {Player} player
 */
export async function tellVoice(article, player) {
  labels ??= loadLabels();
  const known = await labels.catch(() => new Map());
  const nameOf = (/** @type {string} */ voice) => known.get(voice) ?? voice;
  const { problem, status, voice, why } = article;
  const shown = voice ? [nameOf(voice), say("synthetic")] : [say("synthetic")];
  elementOf("reader", HTMLElement).textContent = shown.join("・");
  const wanted = article.wanted_voice ?? "";
  const isOther = Boolean(why) && wanted !== voice;
  const told = elementOf("replaced", HTMLElement);
  told.hidden = !isOther && !(status === "failed" && problem?.message);
  if (told.hidden) return;
  const name = wanted && wanted !== AUTOMATIC ? nameOf(wanted) : say("onlineVoice");
  const why_not = isOther ? say("replaced", name) : (problem?.message ?? "");
  const again = create("button", { type: "button" }, say("tryAgain"));
  again.onclick = () => retryVoice(article.id, player, again);
  const other = create("button", { type: "button" }, say("changeVoice"));
  other.onclick = () => changeVoice(player, voice ?? wanted);
  const isOver = status === "ready" || status === "failed";
  // While another one still reads it, nothing is asked again.
  told.replaceChildren(why_not, ...(isOver ? [again] : []), other);
}

/**
 * Ask the wanted voice again.
 * @param {string} id
 * @param {Player} player
 * @param {HTMLButtonElement} button
 */
async function retryVoice(id, player, button) {
  button.disabled = true;
  try {
    await ask(`v1/articles/${id}/retry`, {});
    player.setAttribute("article", id); // opens it anew
  } catch (error) {
    elementOf("notice", HTMLElement).textContent = error instanceof Error ? error.message : "";
  } finally {
    button.disabled = false;
  }
}

async function loadLabels() {
  const voices = await loadVoices();
  return new Map(voices.map((voice) => [voice.name, voiceLabel(voice)]));
}

/**
 * @param {number} time_s
 * @param {Player} player
 */
export function tellResumed(time_s, player) {
  const notice = elementOf("notice", HTMLElement);
  const restart = create("button", { type: "button" }, say("fromStart"));
  restart.onclick = () => {
    player.currentTime = 0;
    player.play();
  };
  notice.replaceChildren(say("resumed", clock(time_s)), restart);
  const clear = () => notice.replaceChildren();
  player.addEventListener("play", clear, { once: true });
}

/** One big ▶, where the browser has refused to start. @param {Player} player */
export function offerStart(player) {
  const start = create("button", { type: "button", className: "start" }, `▶ ${say("start")}`);
  start.onclick = () => player.play();
  player.addEventListener("play", () => start.remove(), { once: true });
  elementOf("dock", HTMLElement).prepend(start);
}

/** @param {Player} player */
export function announceEnd(player) {
  const after = elementOf("after", HTMLElement);
  const again = create("button", { type: "button" }, say("again"));
  again.onclick = () => {
    player.currentTime = 0;
    player.play();
  };
  const other = create("a", { className: "pill main", href: SERVICE.href }, say("another"));
  after.replaceChildren(create("h2", {}, say("heardAll")), other, again);
  after.hidden = false;
  player.addEventListener("play", () => (after.hidden = true), { once: true });
}
