/** Tools of the listen page: the look of the text, another voice, a reading put right, a copy. */
import { create } from "../dom.js";
import { readAgain } from "./again.js";
import { openCorrection } from "./correction_dialog.js";
import { button } from "./dialog.js";
import { elementOf } from "./elements.js";
import { Karaoke } from "./karaoke.js";
import { isEpisode } from "./library.js";
import { say } from "./service.js";
import { openTextDialog } from "./text_dialog.js";
import { applyTextSettings, readTextSettings } from "./text_settings.js";
import { openVoiceChoice } from "./voice_dialog.js";

/** @typedef {import("../component.js").Player} Player */
/** @typedef {import("../narration.js").ArticleAnswer} ArticleAnswer */

const MOST_CHARACTERS = 12;
const COPIED_MS = 2000;

/** @param {Player} player */
export function offerTools(player) {
  const karaoke = new Karaoke(player);
  let voice = "";
  const apply = () => {
    const settings = readTextSettings();
    applyTextSettings(settings);
    player.toggleAttribute("track-keys", settings.tracks);
    karaoke.isOn = settings.marksWord;
    const { id = "" } = elementOf("article", HTMLElement).dataset;
    if (!isEpisode(id)) karaoke.open(id);
  };
  player.addEventListener("narrationchange", (event) => {
    const { detail } = /** @type {CustomEvent<ArticleAnswer>} */ (event);
    voice = detail.voice ?? detail.wanted_voice ?? "";
    const { id = "" } = elementOf("article", HTMLElement).dataset;
    change.hidden = fix.hidden = isEpisode(id); // it is a finished file
    if (detail.status === "ready" && !isEpisode(id)) karaoke.open(id);
  });
  const look = button("Aa", () => openTextDialog(apply));
  look.ariaLabel = say("textSettings");
  const copy = button(say("copyText"), async () => {
    await navigator.clipboard.writeText(elementOf("article", HTMLElement).innerText);
    copy.textContent = say("copied");
    setTimeout(() => (copy.textContent = say("copyText")), COPIED_MS);
  });
  const fix = button(say("correct"), () => {
    correct(player, chosenWord() ?? sentenceNow(player), voice);
  });
  const tools = create("div", { className: "tools", role: "toolbar", ariaLabel: say("tools") });
  const change = button(say("changeVoice"), () => changeVoice(player, voice));
  tools.append(look, change, fix, copy);
  apply();
  elementOf("reader", HTMLElement).after(tools);
  offerCorrectionOfSelection((chosen) => correct(player, chosen, voice));
}

/** @param {Player} player @param {string} voice  that reads now */
export function changeVoice(player, voice) {
  openVoiceChoice(voice, (chosen) => readAgain(player, { voice: chosen }));
}

/** @typedef {{sentence: string, word: string}} Chosen */

/** @param {Player} player @param {Chosen | null} chosen @param {string} voice */
function correct(player, chosen, voice) {
  if (!chosen) return;
  player.pause();
  const notice = elementOf("notice", HTMLElement);
  const onKept = async () => {
    try {
      await readAgain(player, {});
      notice.textContent = say("kept");
    } catch (error) {
      notice.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  openCorrection({ ...chosen, voice, onKept });
}

/** The sentence that is read, or the first. @param {Player} player @returns {Chosen | null} */
function sentenceNow({ sentence }) {
  const span = document.querySelector(`#article [data-sentence="${Math.max(0, sentence)}"]`);
  return span && { sentence: span.textContent ?? "", word: "" };
}

/** What is marked in the text, if it is a word. @returns {Chosen | null} */
function chosenWord() {
  const selection = getSelection();
  const word = String(selection ?? "").trim();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  const span = element?.closest("#article [data-sentence]");
  const isWord = word && [...word].length <= MOST_CHARACTERS && !/\s/.test(word);
  if (!span || !isWord || !span.textContent?.includes(word)) return null;
  return { sentence: span.textContent, word };
}

/** A key above the player, while a word is marked. @param {(chosen: Chosen) => void} onAsked */
function offerCorrectionOfSelection(onAsked) {
  let chosen = chosenWord();
  const key = button("", () => chosen && onAsked(chosen), "fix");
  key.hidden = true;
  key.onpointerdown = (event) => event.preventDefault(); // what is marked stays so
  elementOf("dock", HTMLElement).prepend(key);
  document.addEventListener("selectionchange", () => {
    chosen = chosenWord();
    key.hidden = !chosen;
    if (chosen) key.textContent = say("correctWord", chosen.word);
  });
}
