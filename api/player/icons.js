/** Icons, drawn in lines on a field of 24. */
import { createSvg } from "./dom.js";

const PATHS = Object.freeze({
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M7 5.5h3v13H7zM14 5.5h3v13h-3z",
  /** Mirrored by the style sheet for "forward". */
  back: "M5 4v4h4M5.4 8A8 8 0 1 1 4 12.5",
  /** Mirrored by the style sheet for "next". */
  previous: "M7 6v12M18 6.5v11L10 12z",
  sleep: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  share: "M12 14V4M8 7.5 12 4l4 3.5M7 11H5.5v8.5h13V11H17",
  cast: "M7.5 16H4V5h16v11h-3.5M12 14l4.5 5.5h-9z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
});
const TEXT_BASELINE = "15.4";

/** @typedef {keyof typeof PATHS} IconName */

/**
 * Draw an icon, with a few letters in its middle.
 * @param {IconName} name
 * @param {string} [text]
 */
export function icon(name, text) {
  const svg = createSvg("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" });
  svg.append(createSvg("path", { d: PATHS[name] }));
  if (text) svg.append(createSvg("text", { x: "12", y: TEXT_BASELINE }, text));
  return svg;
}
