/** 「改正讀音」: choose a word, hear it, choose or type how it is said, keep that. */
import { create } from "../dom.js";
import { asLexicon, keepCorrection } from "./corrections.js";
import { button, openDialog } from "./dialog.js";
import { ask, say } from "./service.js";
import { speak } from "./speech.js";

/** @typedef {{text: string, spoken: string, zhuyin: string[]}} SpokenWord */
/** @typedef {{words: SpokenWord[], choices: Record<string, string[]>}} Readings */

/**
 * What is to be corrected.
 * @typedef {object} Wanted
 * @property {string} sentence
 * @property {string} word  "" to choose one first
 * @property {string} voice  that reads, "" for the service's own
 * @property {() => unknown} onKept
 */

const LETTER = /[\p{L}\p{N}]/u;

/** @param {Wanted} wanted */
export function openCorrection(wanted) {
  new Correction(wanted).load();
}

class Correction {
  #wanted;
  /** @type {Readings} */
  #readings = { words: [], choices: {} };
  #sentence = create("p", { className: "sentence" });
  #word = create("input", { autocomplete: "off", spellcheck: false });
  #said = create("input", { autocomplete: "off", spellcheck: false });
  #choices = create("div", { className: "choices" });
  #problem = create("p", { className: "problem", hidden: true });
  #form = create("form", { className: "correction", hidden: true, noValidate: true });
  #dialog;

  /** @param {Wanted} wanted */
  constructor(wanted) {
    this.#wanted = wanted;
    this.#problem.role = "alert";
    const hint = create("small", {}, say("readingHint"));
    this.#word.oninput = () => this.#choose(this.#word.value, false);
    this.#form.append(
      create("label", {}, say("word"), this.#word),
      create("label", {}, say("reading"), this.#said, hint),
      this.#choices,
      this.#problem,
      this.#keys(),
    );
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#during(() => this.#keep());
    };
    const lead = create("p", { className: "hint" }, say("chooseWord"));
    this.#dialog = openDialog(say("correct"), lead, this.#sentence, this.#form);
  }

  /** Ask how the sentence is said now. */
  async load() {
    const { sentence, word } = this.#wanted;
    this.#sentence.textContent = sentence;
    await this.#during(async () => {
      this.#readings = await this.#ask({});
      this.#drawSentence();
      if (word) this.#choose(word, true);
    });
  }

  #keys() {
    const hear = (/** @type {() => string} */ text) => () =>
      this.#during(() => speak(text(), this.#wanted.voice, this.#entry()));
    const keep = create("button", { type: "submit" }, say("keep"));
    const row = create("div", { className: "row" });
    row.append(
      button(`▶ ${say("hearWord")}`, hear(() => this.#word.value)),
      button(`▶ ${say("hearSentence")}`, hear(() => this.#wanted.sentence)),
      keep,
    );
    return row;
  }

  /** @param {Record<string, string>} lexicon @returns {Promise<Readings>} */
  async #ask(lexicon) {
    const { sentence } = this.#wanted;
    return (await ask("v1/readings", { text: sentence, ...asLexicon(lexicon) })).json();
  }

  /** @returns {Record<string, string>} */
  #entry() {
    const word = this.#word.value.trim();
    const said = this.#said.value.trim();
    return word && said ? { [word]: said } : {};
  }

  #drawSentence() {
    const words = this.#readings.words.map((word) => {
      if (!LETTER.test(word.text)) return word.text;
      const shown = word.zhuyin.join(" ");
      const ruby = create("ruby", {}, word.text, create("rt", {}, shown));
      const key = create("button", { type: "button", className: "word" }, ruby);
      key.onclick = () => this.#choose(word.text, true);
      return key;
    });
    this.#sentence.replaceChildren(...words);
  }

  /** @param {string} word @param {boolean} isNew  whether its reading is to be shown */
  #choose(word, isNew) {
    this.#form.hidden = false;
    if (isNew) {
      this.#word.value = word;
      this.#said.value = this.#readingOf(word).join(" ");
    }
    for (const key of this.#sentence.querySelectorAll("button")) {
      key.ariaPressed = String(key.querySelector("ruby")?.firstChild?.nodeValue === word);
    }
    this.#choices.replaceChildren(...[...word].map((char, at) => this.#rowOf(char, at)));
    this.#say("");
    if (isNew) this.#said.focus();
  }

  /** Readings of a character, to press. @param {string} char @param {number} at  in the word */
  #rowOf(char, at) {
    const choices = this.#readings.choices[char] ?? [];
    if (choices.length < 2) return "";
    const keys = choices.map((choice) => {
      const key = button(choice, () => this.#set(at, choice));
      key.ariaLabel = say("readAs", `${char} ${choice}`);
      return key;
    });
    const row = create("div", { role: "group", ariaLabel: char });
    row.append(create("b", {}, char), ...keys);
    return row;
  }

  /** @param {number} at @param {string} choice */
  #set(at, choice) {
    const characters = [...this.#word.value.trim()];
    const said = this.#said.value.trim().split(/\s+/);
    const first = characters.map((char) => this.#readings.choices[char]?.[0] ?? char);
    const syllables = said.length === characters.length ? said : first;
    syllables[at] = choice;
    this.#said.value = syllables.join(" ");
    this.#say("");
  }

  /** @param {string} word @returns {string[]} what is heard for it now, if that is known */
  #readingOf(word) {
    const whole = this.#readings.words.find(({ text }) => text === word);
    if (whole) return whole.zhuyin;
    /** @type {string[]} */
    const each = [];
    let text = "";
    for (const one of this.#readings.words) {
      const isPlain = one.text === one.spoken && one.zhuyin.length === [...one.text].length;
      each.push(...[...one.text].map((_, at) => (isPlain ? one.zhuyin[at] : "")));
      text += one.text;
    }
    const at = [...text.slice(0, Math.max(0, text.indexOf(word)))].length;
    const found = text.includes(word) ? each.slice(at, at + [...word].length) : [];
    return found.every(Boolean) ? found : [];
  }

  async #keep() {
    const [[word, said] = []] = Object.entries(this.#entry());
    if (!word || !said) {
      this.#say(say("readingMissing"));
      return;
    }
    await this.#ask({ [word]: said }); // raises what is wrong with it
    keepCorrection(word, said);
    this.#dialog.close();
    this.#wanted.onKept();
  }

  /** @param {() => Promise<void>} act */
  async #during(act) {
    this.#dialog.ariaBusy = "true";
    this.#say("");
    try {
      await act();
    } catch (error) {
      this.#form.hidden = false;
      this.#say(error instanceof Error ? error.message : String(error));
    } finally {
      this.#dialog.ariaBusy = null;
    }
  }

  /** @param {string} problem  "" takes the last one away */
  #say(problem) {
    this.#problem.textContent = problem;
    this.#problem.hidden = !problem;
    this.#said.ariaInvalid = problem ? "true" : null;
  }
}
