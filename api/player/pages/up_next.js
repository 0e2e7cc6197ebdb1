/** The next one of the queue, an article or an episode, heard on the page that is open. */
import { elementOf } from "./elements.js";
import { pageOf, takeNext } from "./library.js";
import { say, SERVICE } from "./service.js";

/** @typedef {import("../component.js").Player} Player */

/** What of a page is the article's own: the way back, a digest's contents, the text. */
const PARTS = ["header", "#head", "#article"];

/**
 * Hear the next one of the queue; here, not on a page of its own: there, browsers want a press.
 * @param {Player} player
 * @param {string} why  what is said of the last one, "" for nothing
 * @returns {boolean} whether there was one
 */
export function goOn(player, why) {
  const next = takeNext();
  if (!next) return false;
  follow(player, next.id, why).catch(() => goOn(player, say("skipped", next.title)));
  return true;
}

/**
 * Have a player read what an element holds: `data-src` names an episode's sound, without one it
 * is the article of `data-id`.
 * @param {Player} player
 * @param {HTMLElement} article
 */
export function openArticle(player, { dataset: { captions, headline, id = "", src } }) {
  set(player, "captions", captions);
  set(player, "headline", headline);
  // In this order the player's address changes once: an article goes before a file.
  const address = src && new URL(src, location.href).href;
  if (address) player.setAttribute("src", address);
  set(player, "article", address ? undefined : id);
  if (!address) player.removeAttribute("src");
}

/** @param {Player} player @param {string} name @param {string} [value] */
function set(player, name, value) {
  if (value) player.setAttribute(name, value);
  else player.removeAttribute(name);
}

/** @param {Player} player @param {string} id @param {string} why */
async function follow(player, id, why) {
  const address = new URL(pageOf(id), SERVICE);
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.status}`);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  history.pushState(null, "", address); // before the parts: their addresses are relative to it
  for (const name of PARTS) takeOver(document.querySelector(name), page.querySelector(name));
  document.title = page.title;
  elementOf("after", HTMLElement).hidden = true;
  elementOf("notice", HTMLElement).textContent = why;
  scrollTo({ top: 0 });
  openArticle(player, elementOf("article", HTMLElement));
  player.play();
}

/** @param {HTMLElement | null} here @param {HTMLElement | null} there */
function takeOver(here, there) {
  if (!here) return;
  here.replaceChildren(...(there?.childNodes ?? []));
  for (const name of Object.keys(here.dataset)) delete here.dataset[name];
  Object.assign(here.dataset, there?.dataset);
}
