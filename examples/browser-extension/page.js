/**
 * What the panel has put into the page: highlights the sentence that is read, as `for=` of
 * `<tingwen-player>` does, and hears clicks on sentences. Built into `built/page.js`.
 */
import { PageFollower } from "../../api/player/page_follower.js";
import { PageText } from "../../api/player/page_text.js";

const PLACES = "article, main, [role=main], body";

/** Put in a second time, it is there already. */
if (!globalThis.isHeardByTingwen) chrome.runtime.onConnect.addListener(followPanel);
globalThis.isHeardByTingwen = true;

/** @param {chrome.runtime.Port} panel */
function followPanel(panel) {
  let sentence = -1;
  let hasStarted = false;
  const follower = new PageFollower({
    hasStarted: () => hasStarted,
    index: () => sentence,
    goTo: (index) => panel.postMessage({ goTo: index }),
    press: () => {}, // the keys stay the page's
    redraw: () => {},
  });
  const ended = new AbortController();
  follower.listen(ended.signal);
  panel.onMessage.addListener((told) => {
    if (told.utterances) follower.bind(placeOf(told.utterances), told.utterances);
    if (told.sentence === undefined) return;
    sentence = told.sentence;
    hasStarted ||= told.isPlaying;
    follower.show(sentence, told.isPlaying);
  });
  panel.onDisconnect.addListener(() => {
    ended.abort();
    follower.release();
  });
}

/** The element that holds most of the sentences, the innermost of several. */
function placeOf(utterances) {
  const found = (place) => {
    const text = new PageText(place, utterances);
    return utterances.filter(({ index }) => text.range(index)).length;
  };
  const places = [...document.querySelectorAll(PLACES)].reverse();
  const counts = new Map(places.map((place) => [place, found(place)]));
  return places.reduce((best, place) => (counts.get(place) > counts.get(best) ? place : best));
}
