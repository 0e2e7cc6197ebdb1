/** Estimate of how long a narration will be that is still being made, from its syllables. */

/** @typedef {import("./narration.js").Utterance} Utterance */
/** @typedef {import("./narration.js").SpokenUtterance} SpokenUtterance */

/** News in Mandarin is read at four to five syllables a second. */
const SYLLABLE_S = 0.22;
const PAUSE_S = 0.4;
const SYLLABLES_OF_A_WORD = 2;
/** So many seconds of speech weigh as much as the guess that was made before there was any. */
const PRIOR_S = 10;

const SYLLABLE = /[\p{Script=Han}\p{Script=Bopomofo}\d]/gu;
const WORD = /[\p{Script=Latin}]+/gu;

/**
 * Seconds that all of it may take, where it is not known yet.
 * @param {Utterance[]} utterances
 * @param {SpokenUtterance[]} spoken
 */
export function estimateDuration(utterances, spoken) {
  const all_s = utterances.reduce((sum, { text }) => sum + guess(text), 0);
  const guessed_s = spoken.reduce((sum, { text }) => sum + guess(text), 0);
  const spoken_s = spoken.at(-1)?.end ?? 0;
  const pace = (PRIOR_S + spoken_s) / (PRIOR_S + guessed_s);
  return spoken_s + Math.max(0, all_s - guessed_s) * pace;
}

/**
 * Seconds at which an utterance may begin.
 * @param {Utterance[]} utterances
 * @param {number} index
 * @param {number} duration_s  of all of them
 */
export function estimateStart(utterances, index, duration_s) {
  const all_s = utterances.reduce((sum, { text }) => sum + guess(text), 0);
  const before = utterances.filter((utterance) => utterance.index < index);
  const before_s = before.reduce((sum, { text }) => sum + guess(text), 0);
  return all_s && (duration_s * before_s) / all_s;
}

/** @param {string} text */
function guess(text) {
  const words = text.match(WORD)?.length ?? 0;
  const syllables = (text.match(SYLLABLE)?.length ?? 0) + words * SYLLABLES_OF_A_WORD;
  return syllables && syllables * SYLLABLE_S + PAUSE_S;
}
