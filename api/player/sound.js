/** What is heard: an <audio> element, and a second one when the finished file takes over. */
import { bufferedStretches, canStream, stream } from "./live_stream.js";

const EVENTS = /** @type {const} */ ([
  "play",
  "pause",
  "waiting",
  "canplay",
  "seeked",
  "timeupdate",
  "progress",
  "durationchange",
  "ratechange",
  "ended",
  "error",
]);
/** @typedef {(typeof EVENTS)[number]} SoundEvent */

/** A file within this of the wanted place has arrived there. */
const ARRIVED_S = 0.01;
/** Not to change so late in a pause that the next sentence is clipped. */
const CHANGE_BEFORE_END_S = 0.04;
/** Sentences may begin this much before the stretch that holds them. */
const STRETCH_TOLERANCE_S = 0.05;

/**
 * Audio that may still be in the making. While it is, what is spoken can be sought in; the
 * finished file takes over in the pause between two sentences. Fires `change`, with the name of
 * the element's event as `detail`.
 */
export class Sound extends EventTarget {
  #audio = this.#newAudio("metadata");
  /** @type {HTMLAudioElement | null} the finished file, loading while the stream plays */
  #next = null;
  #abort = new AbortController();
  #rate = 1;
  #isLive = false;
  /** @type {"" | "network" | "sound"} */
  #failure = "";
  /** @type {WeakSet<HTMLAudioElement>} that another device could play */
  #castable = new WeakSet();

  /** Position in seconds. */
  get time() {
    return this.#audio.currentTime;
  }

  /** Seconds, null while nobody knows. */
  get duration() {
    return Number.isFinite(this.#audio.duration) ? this.#audio.duration : null;
  }

  get isPlaying() {
    return !this.#audio.paused && !this.#audio.ended && !this.#failure;
  }

  /** Whether it plays but waits for what is to be heard. */
  get isBusy() {
    const { readyState, seeking } = this.#audio;
    return this.isPlaying && (readyState < HTMLMediaElement.HAVE_FUTURE_DATA || seeking);
  }

  get hasEnded() {
    return this.#audio.ended;
  }

  get isOpen() {
    return this.#audio.hasAttribute("src");
  }

  /** Whether it plays what is still being made. */
  get isLive() {
    return this.#isLive;
  }

  get failure() {
    return this.#failure;
  }

  /** Whether there is another device to play on, which wants a finished file. */
  get canCast() {
    return !this.#isLive && this.#castable.has(this.#audio);
  }

  /** Let the listener choose another device to play on. */
  cast() {
    this.#audio.remote.prompt().catch(() => {}); // chosen none
  }

  /** Stretches that are loaded, in seconds. */
  get loaded() {
    return bufferedStretches(this.#audio);
  }

  get rate() {
    return this.#audio.playbackRate;
  }

  set rate(rate) {
    this.#rate = rate;
    setRate(this.#audio, rate);
  }

  /**
   * Open a finished file; where its length is known, nothing of it is fetched before it is heard.
   * @param {string} url
   * @param {boolean} isLengthKnown
   */
  open(url, isLengthKnown) {
    this.close();
    this.#audio.preload = isLengthKnown ? "none" : "metadata";
    this.#audio.src = url;
  }

  /**
   * Open what is being made; `onBroken` is called if it breaks off.
   * @param {string} url
   * @param {() => void} onBroken
   */
  openLive(url, onBroken) {
    this.close();
    this.#isLive = true;
    if (!canStream()) {
      this.#audio.src = url;
      return;
    }
    const { signal } = this.#abort;
    stream(this.#audio, url, signal).catch(() => {
      if (!signal.aborted) onBroken();
    });
  }

  /**
   * Load the finished file beside the stream.
   * @param {string} url
   */
  prepareFile(url) {
    if (!this.#isLive || this.#next) return;
    this.#next = this.#newAudio("auto");
    this.#next.src = url;
  }

  /**
   * Change to the finished file: at once if nothing is heard, else in a pause.
   * @param {number | null} [start_s] of the pause
   * @param {number | null} [end_s] of the pause
   */
  changeInPause(start_s, end_s) {
    const next = this.#next;
    if (!next?.readyState) return;
    if (!this.isPlaying) {
      this.#changeTo(next, this.time);
      return;
    }
    if (start_s == null || end_s == null || end_s <= start_s) return;
    if (Math.abs(next.currentTime - start_s) > ARRIVED_S) {
      next.currentTime = start_s;
      return;
    }
    const isInPause = this.time >= start_s && this.time < end_s - CHANGE_BEFORE_END_S;
    const isLoaded = next.readyState >= HTMLMediaElement.HAVE_FUTURE_DATA && !next.seeking;
    if (isInPause && isLoaded) this.#changeTo(next, start_s);
  }

  /** Begin to play; fires `refused` where the browser wants a gesture first. */
  async play() {
    await this.#audio.play().catch((/** @type {DOMException} */ error) => {
      if (error.name === "NotAllowedError") this.dispatchEvent(new Event("refused"));
    });
  }

  pause() {
    this.#audio.pause();
  }

  /**
   * Whether a place can be sought: all of a file, of a stream what is here.
   * @param {number} time_s
   */
  canReach(time_s) {
    if (!this.#isLive || this.#next?.readyState) return true;
    const { seekable } = this.#audio;
    const isSeekable = seekable.length > 0 && seekable.end(0) >= time_s;
    return (
      isSeekable &&
      this.loaded.some(([from, to]) => time_s >= from - STRETCH_TOLERANCE_S && time_s < to)
    );
  }

  /** @param {number} time_s */
  seek(time_s) {
    if (this.#next?.readyState) this.#changeTo(this.#next, time_s);
    else this.#audio.currentTime = time_s;
  }

  close() {
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.#next) unload(this.#next);
    this.#next = null;
    this.#isLive = false;
    this.#failure = "";
    if (this.isOpen) unload(this.#audio);
    this.rate = this.#rate;
  }

  /**
   * @param {"metadata" | "auto"} preload
   * @returns {HTMLAudioElement}
   */
  #newAudio(preload) {
    const audio = new Audio();
    audio.preload = preload;
    audio.preservesPitch = true;
    audio.remote
      ?.watchAvailability((isThere) => {
        if (isThere) this.#castable.add(audio);
        else this.#castable.delete(audio);
        this.#tell("progress");
      })
      .catch(() => {}); // here nobody can look
    for (const type of EVENTS) {
      audio.addEventListener(type, () => {
        if (audio === this.#audio) this.#tell(type);
      });
    }
    return audio;
  }

  /** @param {SoundEvent} type */
  #tell(type) {
    if (type === "error" && this.isOpen) {
      const isNetwork = this.#audio.error?.code === MediaError.MEDIA_ERR_NETWORK;
      this.#failure = isNetwork || !navigator.onLine ? "network" : "sound";
    }
    this.dispatchEvent(new CustomEvent("change", { detail: type }));
  }

  /**
   * @param {HTMLAudioElement} next
   * @param {number} time_s
   */
  #changeTo(next, time_s) {
    const old = this.#audio;
    next.currentTime = time_s;
    setRate(next, this.#rate);
    const change = () => {
      this.#audio = next;
      this.#next = null;
      this.#isLive = false;
      this.#abort.abort();
      unload(old);
      this.#tell("seeked");
    };
    if (!this.isPlaying) {
      change();
      return;
    }
    this.#next = null;
    // iOS lets a new element start only in a gesture: until then the stream goes on.
    next.play().then(change, () => {
      this.#next = next;
    });
  }
}

/**
 * @param {HTMLAudioElement} audio
 * @param {number} rate
 */
function setRate(audio, rate) {
  audio.defaultPlaybackRate = rate; // what a new source begins with
  audio.playbackRate = rate;
}

/** @param {HTMLAudioElement} audio */
function unload(audio) {
  audio.pause();
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
}
