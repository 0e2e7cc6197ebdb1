/** Voices by the names that people know them by: 「曉臻（女・台灣・線上）」. */
import { ask, language, say } from "./service.js";

/**
 * @typedef {object} VoiceAnswer
 * @property {string} name
 * @property {string} locale
 * @property {string} gender
 * @property {string} description
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
export function groupVoices(voices) {
  const isOurs = (/** @type {VoiceAnswer} */ { locale }) => locale === HOME_LOCALE;
  return [
    [say("taiwan"), voices.filter(isOurs)],
    [say("accents"), voices.filter((voice) => !isOurs(voice))],
  ];
}

/** @param {VoiceAnswer} voice */
export function voiceLabel(voice) {
  const { description, gender, locale, name, needs_network: isOnline } = voice;
  const known = HAN_NAME.exec(description)?.[0] ?? NAMES[name.split("_")[1] ?? ""];
  const sex = gender && say(gender === "Male" ? "male" : "female");
  const label = known ?? (isOnline ? name : say("embedded"));
  const place = isOnline && PLACES[locale] && say(PLACES[locale]);
  const told = [sex, place, say(isOnline ? "online" : "offline")].filter(Boolean);
  return language === "en" ? `${label} (${told.join(", ")})` : `${label}（${told.join("・")}）`;
}

/** What Kokoro's voices are called. @type {Record<string, string>} */
const NAMES = {
  xiaobei: "小北",
  xiaoxiao: "小小",
  xiaoyi: "小依",
  yunjian: "雲健",
  yunxi: "雲希",
  yunxia: "雲夏",
  yunyang: "雲揚",
};

/** @type {Record<string, "inTaiwan" | "inHongKong" | "inChina" | "inNortheast" | "inShaanxi">} */
const PLACES = {
  "zh-TW": "inTaiwan",
  "zh-HK": "inHongKong",
  "zh-CN": "inChina",
  "zh-CN-liaoning": "inNortheast",
  "zh-CN-shaanxi": "inShaanxi",
};
