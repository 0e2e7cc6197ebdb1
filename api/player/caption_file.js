/** Captions in a WebVTT file as the utterances of a narration. */
import { once } from "./timing.js";

/** @typedef {import("./narration.js").Utterance} Utterance */

const EMPTY_FILE = "data:,";

/**
 * Read a WebVTT file; one that cannot be read gives no utterances.
 * @param {string | null} url
 * @returns {Promise<Utterance[]>}
 */
export async function readCaptions(url) {
  // Browsers parse WebVTT only for a media element, and load it only when it is not disabled.
  const audio = new Audio();
  const track = document.createElement("track");
  audio.crossOrigin = "anonymous";
  audio.append(track);
  track.track.mode = "hidden";
  track.src = url ?? EMPTY_FILE;
  await Promise.race([once(track, "load"), once(track, "error")]);
  return joinCues(/** @type {VTTCue[]} */ (Array.from(track.track.cues ?? [])));
}

/**
 * Cues 12.1 and 12.2 are parts of utterance 12.
 * @param {VTTCue[]} cues
 */
function joinCues(cues) {
  /** @type {Utterance[]} */
  const utterances = [];
  for (const [position, cue] of cues.entries()) {
    const index = Math.trunc(Number(cue.id || position));
    let last = utterances.at(-1);
    if (last?.index !== index) {
      last = { index, paragraph: 0, text: "", start: cue.startTime, end: null };
      utterances.push(last);
    }
    last.text += cue.getCueAsHTML().textContent;
    last.end = cue.endTime;
  }
  return utterances;
}
