/** What the controls show of a playback. */
import { estimateStart } from "./estimate.js";

/**
 * @param {import("./playback.js").Playback} playback
 * @param {import("./narration.js").Narration} narration
 * @param {string} title
 * @param {boolean} isAstray  whether the reader has scrolled away from what is read
 * @returns {import("./controls.js").View}
 */
export function viewOf(playback, narration, title, isAstray) {
  const { failure, sound } = playback;
  return {
    title,
    time: sound.time,
    duration: Number.isNaN(playback.duration) ? null : playback.duration,
    expectedDuration: narration.expectedDuration,
    loaded: sound.loaded,
    rate: sound.rate,
    wantedTime: wantedTime(playback, narration),
    made: narration.isBeingMade ? `${narration.spoken.length}/${narration.utterances.length}` : "",
    isPlaying: playback.isPlaying,
    isBusy: playback.isBusy,
    isKnown: narration.article.id !== "",
    isAstray,
    message: messageOf(playback, narration),
    failure,
    sleepMinutes: playback.sleep.minutesLeft,
    canCast: sound.canCast,
    downloadUrl: narration.isMade ? narration.downloadUrl : "",
  };
}

/**
 * Seconds of the place that is waited for, estimated if need be; null if none is.
 * @param {import("./playback.js").Playback} playback
 * @param {import("./narration.js").Narration} narration
 */
function wantedTime({ wanted }, { expectedDuration, utterances }) {
  if (!wanted) return null;
  return "time" in wanted
    ? wanted.time
    : estimateStart(utterances, wanted.index, expectedDuration);
}

/**
 * The most pressing word about it.
 * @param {import("./playback.js").Playback} playback
 * @param {import("./narration.js").Narration} narration
 */
function messageOf({ failure, isSlow, isWaiting, sleep, sound }, narration) {
  if (failure) return failure;
  if (isWaiting && sound.isOpen) return "waiting";
  if (isSlow) return "slow";
  if (sleep.minutesLeft) return sleep.minutesLeft > 0 ? "asleep" : "asleepEnd";
  if (!narration.isBeingMade) return "";
  if (narration.hasRestarted) return "restarted";
  return narration.spoken.length ? "making" : "preparing";
}
