/** Times as people read and hear them. */

/** Keeps 59.9999999 s, which is 60 s lost in binary fractions, from being shown as 59. */
const ROUNDING_S = 1e-6;
const MINUTE_S = 60;
const HOUR_S = 60 * MINUTE_S;

/** @param {number} seconds */
function split(seconds) {
  const all = Math.floor(Math.max(0, seconds) + ROUNDING_S);
  return {
    hours: Math.floor(all / HOUR_S),
    minutes: Math.floor(all / MINUTE_S) % MINUTE_S,
    seconds: all % MINUTE_S,
  };
}

/** @param {number} number */
const twoDigits = (number) => String(number).padStart(2, "0");

/**
 * Write seconds as a clock shows them: `3:42`, `1:03:42`.
 * @param {number} time_s
 */
export function clock(time_s) {
  const { hours, minutes, seconds } = split(time_s);
  const end = twoDigits(seconds);
  return hours ? `${hours}:${twoDigits(minutes)}:${end}` : `${minutes}:${end}`;
}

/**
 * Write seconds in the words of a language, for those who hear them; as a clock where the
 * browser cannot.
 * @param {number} time_s
 * @param {import("./words.js").Language} language
 */
export function clockInWords(time_s, language) {
  if (!("DurationFormat" in Intl)) return clock(time_s);
  const words = new Intl.DurationFormat(language, { style: "long", secondsDisplay: "always" });
  return words.format(split(time_s));
}
