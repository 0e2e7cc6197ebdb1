/** What this device keeps from visit to visit, under one key of localStorage. */

const KEY = "tingwen";

/**
 * @typedef {object} Kept
 * @property {number} [rate] playback rate
 * @property {string} [voice] that was chosen last
 * @property {Record<string, number>} at  seconds where each narration was left, by its address
 */

/** @returns {Kept} */
function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return { ...kept, at: typeof kept.at === "object" && kept.at ? kept.at : {} };
  } catch {
    return { at: {} }; // some frames have no storage, and what is in it may be damaged
  }
}

/** @param {Kept} kept */
function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {} // no storage, or a full one: then nothing is remembered
}

/** Read the rate that was chosen last, 1 if none was. */
export function savedRate() {
  const { rate } = read();
  return Number.isFinite(rate) ? Number(rate) : 1;
}

/** @param {number} rate */
export function saveRate(rate) {
  write({ ...read(), rate });
}

/** Read the voice that was chosen last, "" for the automatic one. */
export function savedVoice() {
  const { voice } = read();
  return typeof voice === "string" ? voice : "";
}

/** @param {string} voice */
export function saveVoice(voice) {
  write({ ...read(), voice });
}

/**
 * Read where a narration was left, in seconds; undefined if it was never begun or was heard to
 * its end.
 * @param {string} url
 * @returns {number | undefined}
 */
export function savedTime(url) {
  return read().at[url];
}

/**
 * Keep where a narration was left; 0 forgets it.
 * @param {string} url
 * @param {number} time_s
 */
export function saveTime(url, time_s) {
  const kept = read();
  delete kept.at[url]; // what was heard last stands last
  if (time_s) kept.at[url] = time_s;
  write(kept);
}
