/** 「離線保存」 on the listen page: keep this article on the device, with its size; remove it. */
import { create } from "../dom.js";
import { elementOf } from "./elements.js";
import { isEpisode } from "./library.js";
import { canKeep, dropArticle, keepArticle, listKept, megabytes } from "./offline.js";
import { say } from "./service.js";

/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

const BYTES_PER_S = 6000; // 48 kbit/s

/**
 * Offer to keep an article, once it is made.
 * @param {ArticleAnswer} article
 */
export async function offerToKeep({ id, duration, status }) {
  const place = elementOf("keep", HTMLElement);
  place.hidden = true;
  if (status !== "ready" || isEpisode(id) || !(await canKeep())) return;
  const draw = async () => {
    const kept = (await listKept()).find((entry) => entry.id === id);
    const size = megabytes(kept?.n_bytes ?? (duration ?? 0) * BYTES_PER_S);
    const words = kept ? [say("keptOffline", size)] : [];
    const label = kept ? say("remove") : say("keepOffline", size);
    const key = create("button", { type: "button" }, label);
    key.onclick = () => act(key, kept ? dropArticle(id) : keepArticle(id)).then(draw);
    place.replaceChildren(...words, key);
    place.hidden = false;
  };
  await draw();
}

/** @param {HTMLButtonElement} key @param {Promise<void>} work */
async function act(key, work) {
  key.disabled = true;
  key.textContent = say("keeping");
  try {
    await work;
  } catch {
    elementOf("notice", HTMLElement).textContent = say("notKept");
  }
}
