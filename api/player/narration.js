/** What the service tells of a narration: its text, its times, how far it is made. */
import { readCaptions } from "./caption_file.js";
import { estimateDuration } from "./estimate.js";

/**
 * A sentence; its times are in seconds and null until it is spoken.
 * @typedef {object} Utterance
 * @property {number} index
 * @property {number} paragraph  −1 for the headline and the byline
 * @property {string} text
 * @property {number | null} start
 * @property {number | null} end
 */

/** @typedef {Utterance & {start: number, end: number}} SpokenUtterance */

/**
 * The service's answer about a narration, `GET /v1/articles/{id}`.
 * @typedef {object} ArticleAnswer
 * @property {string} id
 * @property {string} title
 * @property {string} byline
 * @property {"" | "pending" | "speaking" | "ready" | "failed"} status "" before the first answer
 * @property {string | null} voice
 * @property {string} [wanted_voice] that was asked for
 * @property {string} [why] another voice speaks; "" if none does
 * @property {{message?: string} | null} [problem] why it failed, in words for people
 * @property {number | null} duration seconds
 * @property {string} audio_url
 * @property {Utterance[]} utterances
 */

/** @typedef {import("./words.js").Failure} Failure */

const HTTP_NOT_FOUND = 404;

/** @type {Readonly<ArticleAnswer>} */
const UNKNOWN = Object.freeze({
  id: "",
  title: "",
  byline: "",
  status: "",
  voice: null,
  duration: null,
  audio_url: "",
  utterances: [],
});

/** A narration on a service, followed while it is made, or a file with its captions. */
export class Narration {
  /** @type {ArticleAnswer} */
  article = UNKNOWN;
  /** @type {Failure | ""} */
  failure = "";
  /** @type {Utterance[]} */
  utterances = [];
  /** @type {SpokenUtterance[]} those that are heard, in their order */
  spoken = [];
  /** Seconds that the whole may take, estimated while it is made. */
  expectedDuration = 0;
  /** Whether another voice has begun it anew while it was made. */
  hasRestarted = false;
  /** @type {EventSource | null} */
  #events = null;
  #closed = new AbortController();
  #onChange;

  /**
   * @param {string} url of the narration on its service, or of an audio file
   * @param {() => void} onChange called when something new is known
   */
  constructor(url, onChange) {
    this.url = url;
    this.#onChange = onChange;
  }

  get isMade() {
    return this.article.status === "ready";
  }

  get isBeingMade() {
    return this.article.status === "pending" || this.article.status === "speaking";
  }

  get audioUrl() {
    return new URL(this.article.audio_url, this.url).href;
  }

  /** Where its file is saved from: another site's is opened by browsers unless it says so. */
  get downloadUrl() {
    const url = new URL(this.audioUrl);
    const isFile = this.url === this.audioUrl;
    if (!isFile && url.origin !== location.origin) url.searchParams.set("download", "true");
    return url.href;
  }

  /**
   * Take what is known before the service answers: enough to begin to play in the same gesture.
   * @param {Partial<ArticleAnswer>} known
   */
  expect(known) {
    this.#accept({ ...UNKNOWN, ...known, utterances: [] });
  }

  /** Ask the service. */
  async load() {
    const { signal } = this.#closed;
    try {
      const response = await fetch(this.url, { cache: "no-cache", signal });
      if (response.ok) this.#accept(await response.json());
      else this.#fail(response.status === HTTP_NOT_FOUND ? "missing" : "network");
    } catch {
      if (!signal.aborted) this.#fail("network");
    }
  }

  /**
   * Take a file and its WebVTT, without a service.
   * @param {string | null} captionsUrl
   */
  async loadFile(captionsUrl) {
    const utterances = await readCaptions(captionsUrl);
    if (this.#closed.signal.aborted) return;
    const { url } = this;
    this.#accept({ ...UNKNOWN, status: "ready", id: url, audio_url: url, utterances });
  }

  /** Ask for what failed once more. */
  async retry() {
    if (this.failure === "voice") {
      await fetch(`${this.url}/retry`, { method: "POST" }).catch(() => {}); // load() tells
    }
    if (this.failure || this.isBeingMade) await this.load();
  }

  /**
   * Find what is read at a time: its position in `spoken`, −1 before the first.
   * @param {number} time_s
   */
  positionAt(time_s) {
    const rounding_s = 0.001;
    return this.spoken.findLastIndex(({ start }) => start <= time_s + rounding_s);
  }

  close() {
    this.#closed.abort();
    this.#stopListening();
  }

  /** @param {ArticleAnswer} article */
  #accept(article) {
    this.article = article;
    this.failure = article.status === "failed" ? "voice" : "";
    this.#take(article.utterances);
    if (!this.isBeingMade) this.#stopListening();
    else if (!this.#events) this.#listen();
    this.#onChange();
  }

  /** @param {Utterance[]} utterances */
  #take(utterances) {
    this.utterances = utterances;
    this.spoken = utterances.filter(isSpoken);
    this.expectedDuration = estimateDuration(utterances, this.spoken);
  }

  #listen() {
    const events = new EventSource(`${this.url}/events`);
    this.#events = events;
    events.addEventListener("utterance", ({ data }) => {
      /** @type {Utterance} */
      const utterance = JSON.parse(data);
      this.utterances[utterance.index] = utterance;
      this.#take(this.utterances);
      this.#onChange();
    });
    events.addEventListener("restarted", () => {
      this.hasRestarted = true;
      this.load();
    });
    for (const end of ["ready", "failed"]) events.addEventListener(end, () => this.load());
    events.onerror = () => {
      // While it connects again by itself, nothing is lost.
      if (events.readyState === EventSource.CLOSED) this.#fail("network");
    };
  }

  #stopListening() {
    this.#events?.close();
    this.#events = null;
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.#stopListening();
    this.failure = failure;
    this.#onChange();
  }
}

/**
 * @param {Utterance} utterance
 * @returns {utterance is SpokenUtterance}
 */
function isSpoken(utterance) {
  return (utterance.end ?? 0) > (utterance.start ?? 0);
}
