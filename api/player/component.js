/** The element <tingwen-player>: playback joined to its controls and to the page around it. */
import { Announcer } from "./announcer.js";
import { Controls } from "./controls.js";
import { addHighlightStyle } from "./highlight.js";
import { keyRequest } from "./keyboard.js";
import { pageArtwork, tellSession } from "./media_session.js";
import { OtherPlayers } from "./other_players.js";
import { PageFollower } from "./page_follower.js";
import { indexInHash, timeInHash } from "./page_links.js";
import { Playback } from "./playback.js";
import { isReload, timeToResume } from "./resume.js";
import { savedRate, savedTime, saveRate, saveTime } from "./storage.js";
import { viewOf } from "./view.js";
import { languageOf, translator, WORDS } from "./words.js";

/** @typedef {import("./sound.js").SoundEvent} SoundEvent */

/** The service that this script came from. */
const SERVICE = new URL(".", import.meta.url);

export class Player extends HTMLElement {
  static observedAttributes = ["article", "src"];
  /** What the service has told already of the narration. @type {Partial<ArticleAnswer> | null} */
  known = null;

  #page = new PageFollower({
    hasStarted: () => this.#playback.hasStarted,
    index: () => this.sentence,
    goTo: (index) => this.goTo(index),
    mark: () => {
      const { currentTime, paused } = this;
      const { hasStarted } = this.#playback;
      return () => {
        this.#playback.hasStarted = hasStarted;
        if (paused) this.pause();
        this.currentTime = currentTime;
      };
    },
    press: (event) => this.#press(event),
    redraw: () => this.render(),
  });
  #playback = new Playback({
    onLearned: () => this.#learn(),
    onAsked: () => this.#page.follow(),
    onMoved: () => this.#move(),
    onRefused: () => this.dispatchEvent(new CustomEvent("playrefused")),
    onChanged: (event, hasMoved) => this.#change(event, hasMoved),
  });
  #announcer = new Announcer(this, this.#playback);
  /** @type {Controls | null} */
  #controls = null;
  #hasResumed = false;
  #connection = new AbortController();
  #others = new OtherPlayers();

  /** Seconds. */
  get currentTime() { return this.#playback.sound.time; }
  set currentTime(time_s) { this.#playback.seek(time_s); }
  /** Seconds; NaN while nobody knows. */
  get duration() { return this.#playback.duration; }
  get paused() { return !this.#playback.isPlaying; }
  /** Index of the sentence that is read, −1 if none is. */
  get sentence() { return this.#playback.utterance; }
  get rate() { return this.#playback.sound.rate; }
  set rate(rate) {
    this.#playback.sound.rate = rate;
    saveRate(rate);
  }
  get sleepMinutes() { return this.#playback.sleep.minutesLeft; }
  /** Stop after the sentence that is read in so many minutes; 0 is never, −1 at the end. */
  set sleepMinutes(/** @type {number} */ minutes) {
    this.#playback.sleep.set(minutes);
    this.render();
  }

  connectedCallback() {
    const language = languageOf(this);
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const hidden = this.getAttribute("hide-keys")?.split(" ").filter(Boolean) ?? [];
    const words = translator(WORDS, language);
    this.#controls = new Controls(root, this.#requests(), words, language, hidden);
    addHighlightStyle();
    this.#connection = new AbortController();
    this.#listen(this.#connection.signal);
    this.#open();
  }

  disconnectedCallback() {
    this.#save();
    this.#connection.abort();
    this.#page.release();
  }

  /** The same again opens it anew. @type {(name: string, old: string, now: string) => void} */
  attributeChangedCallback(_, old, now) {
    const { narration } = this.#playback;
    const isOther = old === now || addressOf(this) !== narration?.url;
    if (narration && this.isConnected && isOther) this.#open();
  }

  /** Focus its first key. @override */
  focus() { this.#controls?.focus(); }
  toggle() { return this.paused ? this.play() : this.pause(); }
  play() {
    const played = this.#playback.play();
    this.#page.show(this.sentence, true);
    return played;
  }

  pause() { this.#playback.pause(); }
  back() { this.#playback.back(); }
  forward() { this.#playback.forward(); }
  previous() { this.#playback.previous(); }
  next() { this.#playback.next(); }
  retry() { return this.#playback.retry(); }
  cast() { this.#playback.sound.cast(); }

  /** Hand on the address of the sentence that is read. */
  async share() {
    const url = new URL(this.getAttribute("share-url") ?? "", location.href);
    if (this.sentence > 0) url.hash = `s=${this.sentence}`;
    const title = this.#playback.narration?.article.title ?? "";
    try {
      await navigator.share({ title, url: url.href });
    } catch (error) {
      if (error instanceof DOMException && error.name === "AbortError") return;
      // A browser, or a frame, that cannot share: the clipboard may do.
      await navigator.clipboard?.writeText(url.href).then(
        () => this.#controls?.tellShared(),
        () => {},
      );
    }
  }

  /** @param {number} index of a sentence, to go to as soon as it is spoken */
  goTo(index, plays = true) {
    this.#playback.goTo(index);
    if (plays) this.play();
  }

  /** Scroll the page with what is read, again. */
  follow() {
    this.#page.follow();
    this.#page.show(this.sentence, false);
    this.#page.reveal(this.sentence);
    this.render();
  }

  /** Draw what is so now. */
  render() {
    const { narration } = this.#playback;
    if (!narration) return;
    const title = titleOf(this, narration.article);
    const isAstray = this.#page.isAstray && !this.paused;
    this.#controls?.draw(viewOf(this.#playback, narration, title, isAstray));
  }

  /** @returns {import("./controls.js").Requests} */
  #requests() {
    return {
      press: (request) => this[request](),
      seek: (time_s) => (this.currentTime = time_s),
      setRate: (rate) => (this.rate = rate),
      setSleep: (minutes) => (this.sleepMinutes = minutes),
      redraw: () => this.render(),
    };
  }

  /** @param {AbortSignal} signal */
  #listen(signal) {
    this.#playback.connect(signal);
    this.#page.listen(signal);
    this.#others.listen(signal, () => this.pause());
    this.addEventListener("keydown", (event) => this.#press(event), { signal });
    document.addEventListener("keydown", (event) => this.#pressAnywhere(event), { signal });
    const started = () => this.#playback.hasStarted;
    // Who has just pressed a link to a sentence wants to hear it.
    const asks = () => started() || Boolean(navigator.userActivation?.isActive);
    addEventListener("hashchange", () => this.#goToHash(asks()), { signal });
    addEventListener("pagehide", () => this.#save(), { signal });
    addEventListener("offline", () => this.render(), { signal });
    addEventListener("online", () => this.#playback.retryIfCutOff(), { signal });
  }

  #open() {
    this.#page.release();
    this.#hasResumed = false;
    const narration = this.#playback.open(addressOf(this), savedRate());
    this.render();
    if (this.known) narration.expect(this.known);
    if (this.getAttribute("article")) narration.load();
    else narration.loadFile(this.getAttribute("captions"));
  }

  #learn() {
    const { narration } = this.#playback;
    if (!narration) return;
    const { isMade, spoken, utterances } = narration;
    if (!this.#page.isBound && utterances.length) {
      this.#page.bind(this.getAttribute("for"), utterances);
    }
    this.#announcer.tell();
    const detail = narration.article;
    this.dispatchEvent(new CustomEvent("narrationchange", { detail }));
    if (!this.#hasResumed && (spoken.length || isMade)) this.#resume(narration.url);
  }

  #move() {
    this.#page.show(this.sentence, !this.paused);
    this.#announcer.tellSentence();
  }

  /**
   * @param {SoundEvent | undefined} event
   * @param {boolean} hasMoved
   */
  #change(event, hasMoved) {
    if (hasMoved || event === "pause" || event === "ended") this.#save();
    if (event === "play") this.#others.tellPlay();
    this.#announcer.tell(event);
    if (event === "ended" && this.sleepMinutes < 0) this.sleepMinutes = 0;
    const { hasStarted, narration, sound } = this.#playback;
    if (hasStarted && narration) {
      tellSession(this, sound, event, () => describe(this, narration.article));
    }
    this.render();
  }

  /**
   * Go on where a link points, or where it was left; a reload goes on where it was.
   * @param {string} url
   */
  #resume(url) {
    this.#hasResumed = true;
    const isBack = isReload() && savedTime(url) !== undefined;
    if (!isBack && this.#goToHash(false)) return;
    const time = timeToResume(url, this.duration);
    if (!time) return;
    this.currentTime = time;
    this.dispatchEvent(new CustomEvent("resume", { detail: { time } }));
  }

  /**
   * The sentence or the time in the page's address is for the first player of the page.
   * @param {boolean} plays
   * @returns {boolean} whether there was one
   */
  #goToHash(plays) {
    const index = indexInHash(location.hash);
    const time_s = timeInHash(location.hash);
    if (!isFirst(this)) return false;
    if (time_s >= 0) {
      this.currentTime = time_s;
      if (plays) this.play();
      return true;
    }
    if (index === null) return false;
    const last = this.#playback.narration?.utterances.at(-1)?.index ?? index;
    if (index > last) return false; // of another article, or of one that was shortened
    this.#playback.openSound();
    this.goTo(index, plays);
    this.#page.show(this.sentence, false);
    this.#page.reveal(index);
    return true;
  }

  #save() {
    const { hasStarted, narration, sound } = this.#playback;
    if (hasStarted && narration) saveTime(narration.url, sound.hasEnded ? 0 : sound.time);
  }

  /**
   * On a page that is a player, its keys are the page's.
   * @param {KeyboardEvent} event
   */
  #pressAnywhere(event) {
    const isFree = event.target === document.body || event.target === document.documentElement;
    if (isFree && this.hasAttribute("page-keys")) this.#press(event);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const request = keyRequest(event);
    if (!request) return;
    event.preventDefault();
    this[request]();
  }
}

/**
 * Address of the narration that an element names: on its own service, on another, or of a file.
 * @param {Element} element
 */
function addressOf(element) {
  const article = element.getAttribute("article");
  if (article) return new URL(article, new URL("v1/articles/", SERVICE)).href;
  return new URL(element.getAttribute("src") ?? "", document.baseURI).href;
}

/**
 * Whether a player is the first of its page, by itself or inside of another element of ours.
 * @param {Element} element
 */
function isFirst(element) {
  const root = element.getRootNode();
  const outer = root instanceof ShadowRoot ? root.host : element;
  return document.querySelector(`ting-wen, ${element.localName}`) === outer;
}

/** @typedef {import("./narration.js").ArticleAnswer} ArticleAnswer */

/**
 * Title to show: the element's own goes before the article's.
 * @param {Element} element
 * @param {ArticleAnswer} article
 */
const titleOf = (element, { title }) => element.getAttribute("headline") ?? title;

/**
 * What the lock screen shows.
 * @param {Element} element
 * @param {ArticleAnswer} article
 * @returns {MediaMetadataInit}
 */
function describe(element, article) {
  const artwork = pageArtwork() ?? new URL("artwork.png", SERVICE).href;
  return {
    title: titleOf(element, article),
    artist: article.byline || location.hostname,
    artwork: [{ src: artwork }],
  };
}
