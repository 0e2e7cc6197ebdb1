/** The lock screen, the headset and the keys for media: https://www.w3.org/TR/mediasession/ */

/**
 * What they may ask for.
 * @typedef {object} SessionRequests
 * @property {() => unknown} play
 * @property {() => void} pause
 * @property {() => void} back
 * @property {() => void} forward
 * @property {() => void} previous
 * @property {() => void} next
 * @property {number} currentTime seconds
 * @property {(name: string) => boolean} hasAttribute
 */

/** @typedef {"play" | "pause" | "back" | "forward" | "previous" | "next"} SessionRequest */

/** @type {readonly [MediaSessionAction, SessionRequest][]} */
const ACTIONS = [
  ["play", "play"],
  ["pause", "pause"],
  ["seekbackward", "back"],
  ["seekforward", "forward"],
];
/** Lock screens that have these keys show them in place of the others. @type {typeof ACTIONS} */
const SENTENCES = [
  ["previoustrack", "previous"],
  ["nexttrack", "next"],
];

/**
 * Tell the session of this page what happened to the sound; who begins to play takes it.
 * @param {SessionRequests} player
 * @param {import("./sound.js").Sound} sound
 * @param {import("./sound.js").SoundEvent | undefined} event
 * @param {() => MediaMetadataInit} describe
 */
export function tellSession(player, sound, event, describe) {
  const session = navigator.mediaSession;
  if (!session) return;
  if (event === "play") take(session, player, describe());
  if (event === "play" || event === "seeked" || event === "ratechange") place(session, sound);
}

/**
 * What is played shows there, what is pressed there is asked here.
 * @param {MediaSession} session
 * @param {SessionRequests} player
 * @param {MediaMetadataInit} shown
 */
function take(session, player, shown) {
  session.metadata = new MediaMetadata(shown);
  for (const [action, request] of ACTIONS) {
    session.setActionHandler(action, () => player[request]());
  }
  const hasTracks = player.hasAttribute("track-keys");
  for (const [action, request] of SENTENCES) {
    session.setActionHandler(action, hasTracks ? () => player[request]() : null);
  }
  session.setActionHandler("seekto", ({ seekTime }) => {
    player.currentTime = seekTime ?? player.currentTime;
  });
}

/**
 * @param {MediaSession} session
 * @param {import("./sound.js").Sound} sound
 */
function place(session, { duration, isPlaying, rate, time }) {
  if (!isPlaying || !duration) return;
  const position = Math.min(time, duration); // the last frame may end past the duration
  session.setPositionState({ duration, playbackRate: rate, position });
}

/** Address of the picture that the page shows where it is shared, null if it has none. */
export function pageArtwork() {
  const image = document.querySelector('meta[property="og:image"]')?.getAttribute("content");
  return image ? new URL(image, document.baseURI).href : null;
}
