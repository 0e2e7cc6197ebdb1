/** Own corrections, kept on this device: words with what is said for them. */

const KEY = "tingwen-lexicon";
/** So many words the service takes with an article. */
const MOST = 200;

/** @returns {Record<string, string>} the newest last */
export function readCorrections() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const entries = Object.entries(kept ?? {});
    return Object.fromEntries(entries.filter(([, said]) => typeof said === "string"));
  } catch {
    return {}; // no storage, or a damaged one
  }
}

/** @param {string} word @param {string} said  注音, pinyin with tones, or other words */
export function keepCorrection(word, said) {
  const { [word]: _, ...others } = readCorrections();
  write(Object.entries({ ...others, [word]: said }).slice(-MOST));
}

/** @param {string} word */
export function forgetCorrection(word) {
  const { [word]: _, ...others } = readCorrections();
  write(Object.entries(others));
}

/**
 * What to send with a request: nothing where nothing is corrected.
 * @param {Record<string, string>} [more]  tried, not kept yet
 * @returns {{lexicon?: Record<string, string>}}
 */
export function asLexicon(more = {}) {
  const lexicon = { ...readCorrections(), ...more };
  return Object.keys(lexicon).length ? { lexicon } : {};
}

/** @param {[string, string][]} entries */
function write(entries) {
  try {
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(entries)));
  } catch {} // no storage, or a full one: then it holds for this page only
}
