/** Playback of one narration: the sound and the text kept in step, without anything to see. */
import { Narration } from "./narration.js";
import { Patience } from "./patience.js";
import { SleepTimer } from "./sleep_timer.js";
import { Sound } from "./sound.js";
import { wait } from "./timing.js";

/** @typedef {import("./sound.js").SoundEvent} SoundEvent */
/** @typedef {import("./words.js").Failure} Failure */

/** A place to go to as soon as it is spoken. @typedef {{time: number} | {index: number}} Place */

/**
 * Who is told what happens.
 * @typedef {object} Listener
 * @property {() => void} onLearned  more is known of the narration
 * @property {() => void} onAsked  somebody asked to play, or for another place
 * @property {() => void} onMoved  another utterance is read
 * @property {() => void} onRefused  the browser wants a gesture before it plays
 * @property {(event: SoundEvent | undefined, hasMoved: boolean) => void} onChanged  anything, at
 *   each frame while it plays
 */

const SKIP_S = 10;
/** After so much of a sentence, "previous" goes to its start. */
const RESTART_S = 2;
/** What is streamed can be sought up to this much before its end. */
const STREAM_END_MARGIN_S = 0.1;
const NETWORK_RETRY_MS = 5000;
const STREAM_RETRY_MS = 1000;

export class Playback {
  sound = new Sound();
  sleep = new SleepTimer();
  /** @type {Narration | null} */
  narration = null;
  /** Whether its listener has begun to play it. */
  hasStarted = false;
  #position = -1;
  /** @type {Place | null} */
  #wanted = null;
  /** @type {{time: number, index: number, voice: string | null} | null} before a retry */
  #left = null;
  #wantsPlay = false;
  #isRetrying = false;
  #patience = new Patience();
  #isConnected = false;
  #frame = 0;
  #listener;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
  }

  /** Seconds; NaN while nobody knows. */
  get duration() {
    const made = this.narration?.article.duration;
    // Of a stream, browsers without MediaSource invent a length.
    return (this.sound.isLive ? made : (this.sound.duration ?? made)) ?? NaN;
  }

  /** Index of the utterance that is read, −1 if none is. */
  get utterance() {
    return this.narration?.spoken[this.#position]?.index ?? -1;
  }

  /** @returns {Failure | ""} */
  get failure() {
    // <audio> tells of a lost network only after minutes.
    const isCutOff = this.sound.isBusy && !navigator.onLine;
    return this.narration?.failure || this.sound.failure || (isCutOff ? "network" : "");
  }

  /** Whether it waits for a place that is not spoken yet. */
  get isWaiting() { return this.#wanted !== null; }

  get isBusy() { return !this.failure && (this.sound.isBusy || this.#isHeldUp); }

  /** Whether it plays, or will as soon as what is wanted is here. */
  get isPlaying() { return this.sound.isPlaying || (!this.failure && this.#isHeldUp); }

  /** Whether the first sound is so late that the listener must be told. */
  get isSlow() { return this.#patience.isOver; }

  /** The place that is waited for. */
  get wanted() { return this.#wanted; }

  get #isHeldUp() {
    return this.#wantsPlay && this.hasStarted && (this.isWaiting || this.#isRetrying);
  }

  /**
   * Follow the sound until `signal` ends it.
   * @param {AbortSignal} signal
   */
  connect(signal) {
    this.#isConnected = true;
    this.sound.addEventListener(
      "change",
      (event) => this.#update(/** @type {CustomEvent<SoundEvent>} */ (event).detail),
      { signal },
    );
    this.sound.addEventListener("refused", () => this.#listener.onRefused(), { signal });
    signal.addEventListener("abort", () => this.#disconnect(), { once: true });
  }

  /**
   * Open another narration, which is then to be loaded.
   * @param {string} url
   * @param {number} rate
   * @returns {Narration}
   */
  open(url, rate) {
    this.narration?.close();
    this.sound.close();
    this.sound.rate = rate;
    this.hasStarted = false;
    this.#position = -1;
    this.#wanted = null;
    this.#left = null;
    this.#wantsPlay = false;
    const narration = new Narration(url, () => {
      if (narration === this.narration && this.#isConnected) this.#learn(narration);
    });
    this.narration = narration;
    return narration;
  }

  async play() {
    this.hasStarted = true;
    this.#wantsPlay = true;
    this.#listener.onAsked();
    if (this.failure) {
      await this.retry();
      return;
    }
    this.openSound();
    this.#update();
    const started = this.sound.play();
    if (this.isWaiting && this.sound.isLive) this.sound.pause(); // the gesture counts for later
    await started;
    this.#update();
  }

  pause() {
    this.#wantsPlay = false;
    this.sound.pause();
    this.#update();
  }

  back() {
    this.#skip(-SKIP_S);
  }

  forward() {
    this.#skip(SKIP_S);
  }

  previous() {
    const { time } = this.sound;
    const start_s = this.narration?.spoken[this.narration.positionAt(time)]?.start ?? time;
    this.#step(time - start_s > RESTART_S ? 0 : -1);
  }

  next() {
    this.#step(1);
  }

  /** @param {number} time_s */
  seek(time_s) {
    this.openSound();
    this.#want({ time: Math.max(0, Math.min(time_s, this.sound.duration ?? time_s)) });
  }

  /** @param {number} index of an utterance */
  goTo(index) {
    this.#want({ index });
  }

  /** Go on where it was; after a lost network, as soon as it is back. */
  async retry() {
    const { narration } = this;
    if (!narration) return;
    this.#leave(narration);
    this.#isRetrying = true;
    await narration.retry();
    this.#isRetrying = false;
    if (narration !== this.narration || !this.#isConnected) return;
    if (this.failure === "network") this.#retryLater();
    else if (!this.failure) await this.#return(narration);
  }

  /** Go on when the network is back, if that is what was missing. */
  async retryIfCutOff() {
    if (this.sound.isBusy || this.failure === "network") await this.retry();
  }

  /** Open the sound unless it is open, as soon as the service knows the narration. */
  openSound() {
    const { narration, sound } = this;
    if (sound.isOpen || !narration?.article.id) return;
    if (narration.isMade) sound.open(narration.audioUrl, narration.article.duration !== null);
    else {
      const retry = () => wait(STREAM_RETRY_MS).then(() => this.retry());
      sound.openLive(narration.audioUrl, retry);
    }
  }

  async #retryLater() {
    await wait(NETWORK_RETRY_MS);
    if (this.failure === "network" && this.#isConnected) await this.retry();
  }

  /**
   * Close the sound and keep where it was, until some retry succeeds.
   * @param {Narration} narration
   */
  #leave(narration) {
    const { isOpen, time } = this.sound;
    if (isOpen) this.#left = { time, index: this.utterance, voice: narration.article.voice };
    this.sound.close();
  }

  /** @param {Narration} narration */
  async #return(narration) {
    const left = this.#left;
    this.#left = null;
    if (left) {
      // Another voice has another timeline: there, only the utterance says where it was.
      const isSameVoice = left.voice === narration.article.voice;
      const place = isSameVoice ? { time: left.time } : { index: left.index };
      const isStale = this.#wanted !== null && "time" in this.#wanted && !isSameVoice;
      this.#wanted = isStale ? place : (this.#wanted ?? place); // who waits for a place, still does
    }
    if (left || this.#wantsPlay) this.openSound();
    if (this.#wantsPlay) await this.play();
    else this.#update();
  }

  #disconnect() {
    this.#isConnected = false;
    this.narration?.close();
    this.sound.close();
  }

  /** @param {Narration} narration */
  #learn(narration) {
    // Whoever pressed before the sound was open has to be heard again: a file that nothing is
    // fetched of (preload="none") starts at play() alone.
    const wasOpen = this.sound.isOpen;
    if (narration.isMade) {
      if (this.sound.isLive) this.sound.prepareFile(narration.audioUrl);
      else this.openSound();
    }
    this.#listener.onLearned();
    const isAsked = this.#wantsPlay && !wasOpen && !this.#isRetrying && !this.failure;
    if (isAsked) this.play();
    else this.#update();
  }

  /** @param {SoundEvent} [event] */
  #update(event) {
    const { narration, sound } = this;
    if (!narration) return;
    const hasBegun = this.hasStarted || sound.time > 0;
    const position = hasBegun ? narration.positionAt(sound.time) : -1;
    const hasMoved = position !== this.#position;
    this.#position = position;
    if (hasMoved) this.#listener.onMoved();
    if (this.sleep.isOver && (hasMoved || !sound.isPlaying)) {
      this.sleep.set(0);
      this.pause();
    }
    if (!this.#arrive(narration)) {
      const { spoken } = narration;
      sound.changeInPause(spoken[position]?.end, spoken[position + 1]?.start);
    }
    cancelAnimationFrame(this.#frame);
    this.#patience.note(this.isBusy && narration.isBeingMade && !narration.spoken.length);
    if (this.isPlaying) this.#frame = requestAnimationFrame(() => this.#update());
    this.#listener.onChanged(event, hasMoved);
  }

  /** @param {number} by seconds */
  #skip(by) {
    const { isLive, loaded, time } = this.sound;
    const end = (loaded.at(-1)?.[1] ?? 0) - STREAM_END_MARGIN_S;
    this.seek(Math.min(time + by, isLive ? Math.max(time, end) : Infinity));
  }

  /** @param {number} by utterances; where there are none, skips of a fixed time */
  #step(by) {
    const spoken = this.narration?.spoken ?? [];
    if (!spoken.length) {
      this.#skip(by * SKIP_S);
      return;
    }
    const position = (this.narration?.positionAt(this.sound.time) ?? -1) + by;
    this.seek(spoken[Math.max(0, Math.min(spoken.length - 1, position))].start);
  }

  /** @param {Place} place */
  #want(place) {
    this.#wanted = place;
    this.#listener.onAsked();
    this.#update();
    // What is read is not what was asked for: it would be taken for it.
    if (this.isWaiting && this.sound.isLive && this.sound.isPlaying) this.sound.pause();
  }

  /**
   * Go to the wanted place if it can be reached now.
   * @param {Narration} narration
   * @returns {boolean} whether it went
   */
  #arrive(narration) {
    const wanted = this.#wanted;
    if (!wanted || !this.sound.isOpen) return false;
    const time_s =
      "time" in wanted
        ? wanted.time
        : narration.spoken.find(({ index }) => index >= wanted.index)?.start;
    if (time_s === undefined && narration.isMade) this.#wanted = null; // nothing is said there
    if (time_s === undefined || !this.sound.canReach(time_s)) return false;
    this.#wanted = null;
    this.sound.seek(time_s);
    if (this.#wantsPlay && !this.sound.isPlaying) this.sound.play();
    return true;
  }
}
