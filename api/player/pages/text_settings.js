/** How the text of the listen page looks, kept on this device: size, line spacing, the word. */

const KEY = "tingwen-text";
const SIZES_PX = [16, 18, 20, 23, 27];
const LINES = [1.6, 1.9, 2.3];

/**
 * @typedef {object} TextSettings
 * @property {number} size  position in the sizes
 * @property {number} line  position in the spacings
 * @property {boolean} marksWord  whether the word that is read is marked too
 * @property {boolean} tracks  whether keys for tracks go by sentences
 */

/** @type {TextSettings} */
const USUAL = { size: 1, line: 1, marksWord: false, tracks: false };

/** @returns {TextSettings} */
export function readTextSettings() {
  try {
    return { ...USUAL, ...JSON.parse(localStorage.getItem(KEY) ?? "{}") };
  } catch {
    return USUAL;
  }
}

/** @param {Partial<TextSettings>} changes @returns {TextSettings} */
export function changeTextSettings(changes) {
  const settings = { ...readTextSettings(), ...changes };
  settings.size = Math.max(0, Math.min(SIZES_PX.length - 1, settings.size));
  settings.line = Math.max(0, Math.min(LINES.length - 1, settings.line));
  try {
    localStorage.setItem(KEY, JSON.stringify(settings));
  } catch {} // no storage: it holds for this page
  applyTextSettings(settings);
  return settings;
}

/** @param {TextSettings} settings */
export function applyTextSettings({ line, size }) {
  const { style } = document.documentElement;
  style.setProperty("--text-size", `${SIZES_PX[size] ?? SIZES_PX[1]}px`);
  style.setProperty("--text-line", String(LINES[line] ?? LINES[1]));
}
