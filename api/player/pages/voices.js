/** Voices by the names that people know them by: 「曉臻（女・台灣・線上）」. */
import { create } from "../dom.js";
import { ask, language, say } from "./service.js";

/**
 * @typedef {object} VoiceAnswer
 * @property {string} name
 * @property {string} locale
 * @property {string} gender
 * @property {string} description
 * @property {string} [label]  what people are shown, "" if the description names it
 * @property {boolean} needs_network
 * @property {boolean} installed
 */

const HOME_LOCALE = "zh-TW";
const HAN_NAME = /^[\p{Script=Han}]+/u;

/** @returns {Promise<VoiceAnswer[]>} those that can read now */
export async function loadVoices() {
  /** @type {VoiceAnswer[]} */
  const voices = await (await ask("v1/voices")).json();
  return voices.filter(({ installed }) => installed);
}

/**
 * The groups of a menu: voices of Taiwan, and those with other accents.
 * @param {VoiceAnswer[]} voices
 * @returns {[title: string, members: VoiceAnswer[]][]}
 */
function groupVoices(voices) {
  const isOurs = (/** @type {VoiceAnswer} */ { locale }) => locale === HOME_LOCALE;
  return [
    [say("taiwan"), voices.filter(isOurs)],
    [say("accents"), voices.filter((voice) => !isOurs(voice))],
  ];
}

/**
 * Put the voices into a menu, in groups, and choose one of them.
 * @param {HTMLSelectElement} select
 * @param {string} wanted
 */
export async function fillVoices(select, wanted) {
  for (const [title, voices] of groupVoices(await loadVoices())) {
    const options = voices.map((voice) => new Option(voiceLabel(voice), voice.name));
    if (options.length) select.append(create("optgroup", { label: title }, ...options));
  }
  if ([...select.options].some(({ value }) => value === wanted)) select.value = wanted;
}

/** @param {VoiceAnswer} voice */
export function voiceLabel(voice) {
  const { description, gender, label: shown, locale, name, needs_network: isOnline } = voice;
  const known = HAN_NAME.exec(shown || description)?.[0];
  const sex = gender && say(gender === "Male" ? "male" : "female");
  const label = known ?? (isOnline ? name : say("embedded"));
  const place = isOnline && PLACES[locale] && say(PLACES[locale]);
  const told = [sex, place, say(isOnline ? "online" : "offline")].filter(Boolean);
  return language === "en" ? `${label} (${told.join(", ")})` : `${label}（${told.join("・")}）`;
}

/** @type {Record<string, "inTaiwan" | "inHongKong" | "inChina" | "inNortheast" | "inShaanxi">} */
const PLACES = {
  "zh-TW": "inTaiwan",
  "zh-HK": "inHongKong",
  "zh-CN": "inChina",
  "zh-CN-liaoning": "inNortheast",
  "zh-CN-shaanxi": "inShaanxi",
};
