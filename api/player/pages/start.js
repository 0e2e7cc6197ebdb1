/** Starting by itself: a page that was come to by 「開始聽」 plays, another one waits. */

const KEY = "tingwen-play";

/** @param {string} id of the narration whose page is opened next */
export function playSoon(id) {
  try {
    sessionStorage.setItem(KEY, id);
  } catch {} // no storage: then ▶ is pressed once more
}

/**
 * Whether the page of this narration was come to in order to hear it; asked once.
 * @param {string} id
 */
export function wasAskedToPlay(id) {
  try {
    const isAsked = sessionStorage.getItem(KEY) === id;
    sessionStorage.removeItem(KEY);
    return isAsked;
  } catch {
    return false;
  }
}
