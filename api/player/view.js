/** What the controls show of a playback. */

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
    duration: sound.duration ?? narration.article.duration,
    expectedDuration: narration.expectedDuration,
    loaded: sound.loaded,
    rate: sound.rate,
    isPlaying: sound.isPlaying,
    isBusy: playback.isBusy,
    isKnown: narration.article.id !== "",
    isAstray,
    message: messageOf(playback, narration),
    failure,
    sleepMinutes: playback.sleep.minutesLeft,
    downloadUrl: narration.isMade ? narration.audioUrl : "",
  };
}

/**
 * The most pressing word about it.
 * @param {import("./playback.js").Playback} playback
 * @param {import("./narration.js").Narration} narration
 */
function messageOf({ failure, isWaiting, sleep, sound }, { isBeingMade }) {
  if (failure) return failure;
  if (isWaiting && sound.isOpen) return "waiting";
  if (sleep.minutesLeft) return "asleep";
  return isBeingMade ? "making" : "";
}
