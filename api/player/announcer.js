/** What a page is told of its player: events, with nothing in them about who listens. */

/**
 * What every event tells, in `detail`; times are in seconds.
 * @typedef {object} Told
 * @property {string} article  id of the narration, or the address of the file
 * @property {string} title
 * @property {string} voice  "" until known
 * @property {number} time
 * @property {number | null} duration  null while nobody knows
 * @property {number} rate
 * @property {number} sentence  index of the one that is read, −1 if none is
 */

/** Events of <audio> that are handed on under their own names. */
const HANDED_ON = new Set(["play", "pause", "ended", "timeupdate", "ratechange"]);
const QUARTERS = [25, 50, 75, 100];

export class Announcer {
  #element;
  #playback;
  #url = "";
  #voice = "";
  #failure = "";
  #rate = 0;
  /** How many quarters were told of. */
  #nQuarters = 0;

  /**
   * @param {HTMLElement} element  that the events are fired at
   * @param {import("./playback.js").Playback} playback
   */
  constructor(element, playback) {
    this.#element = element;
    this.#playback = playback;
  }

  /** Tell of the sentence that is read now. */
  tellSentence() {
    this.#tell("sentencechange", { index: this.#playback.utterance });
  }

  /**
   * Tell what has changed since the last time.
   * @param {import("./sound.js").SoundEvent} [event]  of <audio>
   */
  tell(event) {
    const { failure, narration } = this.#playback;
    if (!narration) return;
    if (narration.url !== this.#url) {
      this.#url = narration.url;
      this.#nQuarters = 0;
      this.#voice = "";
      this.#rate = this.#playback.sound.rate;
    }
    const { voice, why } = narration.article;
    if (voice && voice !== this.#voice) {
      this.#voice = voice;
      this.#tell("voicechange", { why: why ?? "" });
    }
    if (event && HANDED_ON.has(event) && !this.#isSameRate(event)) this.#tell(event);
    if (event === "timeupdate" || event === "ended") this.#tellProgress(event === "ended");
    if (failure !== this.#failure) {
      this.#failure = failure;
      if (failure) this.#tell("error", { kind: failure });
    }
  }

  /**
   * Whether <audio> tells of the rate that it had: it does whenever it is opened.
   * @param {string} event
   */
  #isSameRate(event) {
    const { rate } = this.#playback.sound;
    if (event !== "ratechange" || rate === this.#rate) return event === "ratechange";
    this.#rate = rate;
    return false;
  }

  /** @param {boolean} hasEnded */
  #tellProgress(hasEnded) {
    const { duration, hasStarted, sound } = this.#playback;
    if (!hasStarted || !(duration > 0)) return;
    const percent = hasEnded ? 100 : Math.min(99, (100 * sound.time) / duration);
    while (this.#nQuarters < QUARTERS.length && QUARTERS[this.#nQuarters] <= percent) {
      this.#tell("progress", { percent: QUARTERS[this.#nQuarters++] });
    }
  }

  /**
   * @param {string} type
   * @param {Record<string, unknown>} [more]
   */
  #tell(type, more) {
    const { duration, narration, sound, utterance } = this.#playback;
    /** @type {Told} */
    const told = {
      article: narration?.article.id ?? "",
      title: narration?.article.title ?? "",
      voice: narration?.article.voice ?? "",
      time: sound.time,
      duration: Number.isNaN(duration) ? null : duration,
      rate: sound.rate,
      sentence: utterance,
    };
    this.#element.dispatchEvent(new CustomEvent(type, { detail: { ...told, ...more } }));
  }
}
