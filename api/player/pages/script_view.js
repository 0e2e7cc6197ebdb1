/** The script before it is read: what is said otherwise stands above the words. */
import { create } from "../dom.js";
import { openCorrection } from "./correction_dialog.js";
import { readCorrections } from "./corrections.js";
import { button } from "./dialog.js";
import { elementOf } from "./elements.js";
import { say } from "./service.js";
import { speak } from "./speech.js";

/** @typedef {import("./correction_dialog.js").SpokenWord} SpokenWord */
/** @typedef {{text: string, spoken: string, words: SpokenWord[]}} ScriptLine */

const LETTER = /[\p{L}\p{N}]/u;

/**
 * Show a script.
 * @param {ScriptLine[]} lines
 * @param {string} voice  that will read it
 * @param {() => unknown} onCorrected
 */
export function drawScript(lines, voice, onCorrected) {
  const corrected = readCorrections();
  const list = elementOf("script-lines", HTMLOListElement);
  const drawn = lines.map((line) => drawLine(line, corrected));
  list.replaceChildren(...drawn.map(({ row }, at) => {
    row.append(keysOf(lines[at], voice, onCorrected));
    return row;
  }));
  list.onclick = ({ target }) => {
    const word = target instanceof Element ? target.closest("[data-word]") : null;
    const row = word?.closest("li");
    if (!word || !row) return;
    const { text } = lines[[...list.children].indexOf(row)];
    const chosen = word.getAttribute("data-word") ?? "";
    openCorrection({ sentence: text, word: chosen, voice, onKept: onCorrected });
  };
  offerFilter(drawn);
  elementOf("script", HTMLElement).hidden = false;
}

/** @param {{row: HTMLElement, isChanged: boolean}[]} drawn */
function offerFilter(drawn) {
  const filter = elementOf("script-filter", HTMLButtonElement);
  const changed = drawn.filter(({ isChanged }) => isChanged);
  filter.textContent = say("onlyChanged", changed.length);
  filter.hidden = !changed.length;
  const show = (/** @type {boolean} */ isOn) => {
    filter.ariaPressed = String(isOn);
    for (const { row, isChanged } of drawn) row.hidden = isOn && !isChanged;
  };
  filter.onclick = () => show(filter.ariaPressed !== "true");
  show(false);
}

/** @param {ScriptLine} line @param {Record<string, string>} corrected */
function drawLine({ text, spoken, words }, corrected) {
  if (!spoken) {
    const silent = create("p", {}, create("s", {}, text), ` ${say("unspoken")}`);
    return { row: create("li", {}, silent), isChanged: true };
  }
  let isChanged = false;
  const shown = words.map((word) => {
    const isOwn = word.text in corrected;
    const isOther = word.text !== word.spoken && LETTER.test(word.text + word.spoken);
    isChanged ||= isOwn || isOther;
    return drawWord(word, isOwn ? word.zhuyin.join(" ") || word.spoken : isOther && word.spoken);
  });
  return { row: create("li", {}, create("p", {}, ...shown)), isChanged };
}

/** @param {SpokenWord} word @param {string | false} above  what to show, false for nothing */
function drawWord({ text }, above) {
  if (!LETTER.test(text)) return text;
  const word =
    above === false
      ? create("span", {}, text)
      : above
        ? create("ruby", { className: "changed" }, text, create("rt", {}, above))
        : create("s", {}, text);
  word.dataset.word = text;
  return word;
}

/** @param {ScriptLine} line @param {string} voice @param {() => unknown} onCorrected */
function keysOf({ spoken, text }, voice, onCorrected) {
  const keys = create("div", { className: "keys" });
  if (!spoken) return keys;
  const hear = button("▶", async () => {
    hear.ariaBusy = "true";
    await speak(text, voice).catch((error) => (hear.title = error.message));
    hear.ariaBusy = null;
  }, "icon");
  hear.ariaLabel = `${say("hearSentence")}：${text}`;
  const wanted = { sentence: text, word: "", voice, onKept: onCorrected };
  const fix = button("✎", () => openCorrection(wanted), "icon");
  fix.ariaLabel = `${say("correct")}：${text}`;
  keys.append(hear, fix);
  return keys;
}
