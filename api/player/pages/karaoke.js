/** The word that is read, marked inside its sentence: by the times in the service's captions. */
import { SERVICE } from "./service.js";

/** @typedef {import("../component.js").Player} Player */
/** @typedef {{time: number, from: number, to: number}} Word  places among a sentence's letters */

const NAME = "tingwen-word";
const VISIBLE = /\S/gu;
const STAMP = /<((?:\d+:)?\d\d:\d\d\.\d{3})>/;

export class Karaoke {
  #player;
  #id = "";
  /** @type {Map<number, Word[]>} by the index of their sentence */
  #words = new Map();
  #frame = 0;
  isOn = false;

  /** @param {Player} player */
  constructor(player) {
    this.#player = player;
    player.addEventListener("play", () => this.#follow());
  }

  /** Mark words of this narration from now on, if that is wanted. @param {string} id */
  async open(id) {
    if (!this.isOn) this.#mark(null);
    if (!this.isOn || id === this.#id) return;
    this.#id = id;
    this.#words = new Map();
    const url = new URL(`v1/articles/${id}/captions.vtt?karaoke=true`, SERVICE);
    const answer = await fetch(url).catch(() => null);
    if (!answer?.ok || id !== this.#id) {
      this.#id = ""; // still in the making: asked again when more is known
      return;
    }
    this.#words = wordsIn(await answer.text());
    this.#follow();
  }

  #follow() {
    cancelAnimationFrame(this.#frame);
    if (!this.isOn || !CSS.highlights) return;
    const { currentTime, paused, sentence } = this.#player;
    const words = this.#words.get(sentence) ?? [];
    const word = words.findLast(({ time }) => time <= currentTime);
    this.#mark(word ? rangeOf(sentence, word) : null);
    if (!paused) this.#frame = requestAnimationFrame(() => this.#follow());
  }

  /** @param {Range | null} range */
  #mark(range) {
    if (range) CSS.highlights?.set(NAME, new Highlight(range));
    else CSS.highlights?.delete(NAME);
  }
}

/** Words of a WebVTT file with times inside its cues; cues 12.1 and 12.2 are of sentence 12. */
export function wordsIn(/** @type {string} */ vtt) {
  /** @type {Map<number, Word[]>} */
  const found = new Map();
  /** @type {Map<number, number>} letters of each sentence so far */
  const lengths = new Map();
  for (const block of vtt.split(/\n\n+/)) {
    const [id, times, ...lines] = block.split("\n");
    if (!/^\d+(\.\d+)?$/.test(id) || !times?.includes("-->")) continue;
    const index = Math.trunc(Number(id));
    const parts = lines.join("").split(STAMP);
    let time = seconds(times.split(" ")[0]);
    let from = lengths.get(index) ?? 0;
    const words = found.get(index) ?? [];
    for (const [at, part] of parts.entries()) {
      if (at % 2) {
        time = seconds(part);
        continue;
      }
      const text = part.replace(/<[^>]*>/g, "").replace(/&amp;/g, "&").replace(/&lt;/g, "<");
      const to = from + (text.match(VISIBLE) ?? []).length;
      if (to > from) words.push({ time, from, to });
      from = to;
    }
    lengths.set(index, from);
    found.set(index, words);
  }
  return found;
}

/** @param {string} clock */
const seconds = (clock) => clock.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);

/** @param {number} index @param {Word} word @returns {Range | null} */
function rangeOf(index, { from, to }) {
  const node = document.querySelector(`#article [data-sentence="${index}"]`)?.firstChild;
  if (!(node instanceof Text)) return null;
  const places = [...node.data.matchAll(VISIBLE)].map(({ 0: letter, index: at }) => [
    at,
    at + letter.length,
  ]);
  if (to > places.length) return null;
  const range = new Range();
  range.setStart(node, places[from][0]);
  range.setEnd(node, places[to - 1][1]);
  return range;
}
