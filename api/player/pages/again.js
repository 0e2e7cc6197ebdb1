/** The article on the page read otherwise: in another voice, or with words put right. */
import { asLexicon } from "./corrections.js";
import { elementOf } from "./elements.js";
import { forgetHeard } from "./library.js";
import { ask, SERVICE } from "./service.js";

/** @typedef {import("../component.js").Player} Player */

/**
 * Go on at the same sentence of another narration of the same article; raises Refusal.
 * @param {Player} player
 * @param {{voice?: string}} changes  beside the own corrections
 */
export async function readAgain(player, changes) {
  const article = elementOf("article", HTMLElement);
  const before = article.dataset.id ?? "";
  const body = { ...asLexicon(), ...changes };
  const { id } = await (await ask(`v1/articles/${before}/again`, body)).json();
  const { paused, sentence } = player;
  if (id !== before) forgetHeard(before);
  article.dataset.id = id;
  const place = sentence > 0 ? `#s=${sentence}` : "";
  history.replaceState(null, "", new URL(`listen/${id}${place}`, SERVICE));
  player.setAttribute("article", id);
  if (!paused) player.play();
}
