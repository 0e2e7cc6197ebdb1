/** The element <ting-wen>: a page's narration, found by the page's address; the player itself is
 * loaded when somebody wants to hear it. */
import { indexInHash, timeInHash } from "../page_links.js";
import { languageOf, translator } from "../words.js";
import { Dock } from "./dock.js";
import { tellParent } from "./frame_messages.js";
import { describeToMachines } from "./linked_data.js";
import { SiteCard } from "./site_card.js";
import { SITE_WORDS } from "./site_words.js";
import { articleUrl, findSummary, SERVICE } from "./summary.js";

/** @typedef {import("./summary.js").Summary} Summary */
/** @typedef {import("../component.js").Player} Player */

const EVENTS = Object.freeze([
  ...["play", "pause", "ended", "timeupdate", "progress", "ratechange"],
  ...["sentencechange", "voicechange", "error"],
]);
/** Handed on to the player. */
const ATTRIBUTES = ["hide-keys", "track-keys", "headline", "share-url", "page-keys"];
/** Parts of the player, styled from the page as those of this element. */
const PARTS = "box, title, time, seek, bar, keys, toggle, speed, back, forward, sleep, previous, " +
  "next: following, download, cast, share, more, note, retry, follow";

export class TingWen extends HTMLElement {
  static observedAttributes = ["article", "page"];
  #connection = new AbortController();
  /** @type {SiteCard | null} */
  #card = null;
  /** @type {Summary | null} */
  #summary = null;
  /** @type {Player | null} */
  #player = null;
  /** @type {Promise<unknown> | null} */
  #loading = null;

  /** Seconds. */
  get currentTime() { return this.#player?.currentTime ?? 0; }
  set currentTime(time_s) { if (this.#player) this.#player.currentTime = time_s; }
  /** Seconds; NaN while nobody knows. */
  get duration() { return this.#player?.duration ?? this.#summary?.duration ?? NaN; }
  get paused() { return this.#player?.paused ?? true; }
  /** Index of the sentence that is read, −1 if none is. */
  get sentence() { return this.#player?.sentence ?? -1; }
  get rate() { return this.#player?.rate ?? 1; }
  set rate(rate) { if (this.#player) this.#player.rate = rate; }

  connectedCallback() {
    this.#connection = new AbortController();
    if (this.hasAttribute("frame")) tellParent(this, EVENTS, this.#connection.signal);
    this.#open();
  }

  disconnectedCallback() {
    this.#connection.abort();
    this.#player?.remove();
  }

  /** @type {(name: string, old: string | null, now: string | null) => void} */
  attributeChangedCallback(_, old, now) {
    if (this.#card && this.isConnected && old !== now) this.#open();
  }

  /** Play, or begin to. */
  async play() {
    const player = await this.#needPlayer();
    await player?.play();
  }

  pause() { this.#player?.pause(); }
  async toggle() { await (this.paused ? this.play() : this.pause()); }
  /** @param {number} index of a sentence, to go to as soon as it is spoken */
  async goTo(index, plays = true) { (await this.#needPlayer())?.goTo(index, plays); }

  async #open() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const words = translator(SITE_WORDS, languageOf(this));
    this.#player?.remove();
    this.#player = null;
    this.#summary = null;
    const card = new SiteCard(root, words, () => this.#press(), () => this.#loadPlayer());
    this.#card = card;
    const found = await findSummary(this);
    if (card !== this.#card) return; // another one is wanted meanwhile
    this.#draw(found);
    const isLinked = indexInHash(location.hash) !== null || timeInHash(location.hash) >= 0;
    const isFirst = document.querySelector("ting-wen, tingwen-player") === this;
    if (this.#summary && isLinked && isFirst) await this.#needPlayer();
  }

  /** @param {Summary | import("./summary.js").Lack} found */
  #draw(found) {
    const summary = typeof found === "object" ? found : null;
    this.#summary = summary;
    this.hidden = found === "gone";
    const [headline, brand] = ["headline", "brand"].map((name) => this.getAttribute(name) ?? "");
    this.#card?.draw(found, headline, brand);
    if (!summary) return;
    if (!this.hasAttribute("frame")) describeToMachines(summary, this.#audioUrl(summary));
    this.dispatchEvent(new CustomEvent("narrationchange", { detail: summary }));
  }

  #press() {
    if (this.#summary) this.play();
    else this.#open();
  }

  /** @returns {Promise<unknown>} */
  #loadPlayer() {
    this.#loading ??= import(new URL("player.js", SERVICE).href).catch(() => {
      this.#loading = null; // to be tried again
      this.#card?.draw("network", "", "");
    });
    return this.#loading;
  }

  /** @returns {Promise<Player | null>} none while nothing can be played */
  async #needPlayer() {
    const card = this.#card;
    if (this.#player || !card || !this.#summary) return this.#player;
    card.setBusy(true);
    await this.#loadPlayer();
    card.setBusy(false);
    const summary = this.#summary;
    if (!customElements.get("tingwen-player") || card !== this.#card) return this.#player;
    return (this.#player ??= this.#show(card, summary));
  }

  /**
   * The player in the place of the card.
   * @param {SiteCard} card
   * @param {Summary} summary
   */
  #show(card, summary) {
    const player = /** @type {Player} */ (document.createElement("tingwen-player"));
    const { signal } = this.#connection;
    player.className = "player";
    player.setAttribute("article", articleUrl(this.getAttribute("article") ?? summary.id));
    player.setAttribute("lang", languageOf(this));
    player.setAttribute("exportparts", PARTS);
    for (const name of ATTRIBUTES) {
      if (this.hasAttribute(name)) player.setAttribute(name, this.getAttribute(name) ?? "");
    }
    const place = this.getAttribute("for") ?? usualPlace(summary.selector);
    if (place) player.setAttribute("for", place);
    if (summary.status === "ready") player.known = summary;
    for (const type of EVENTS) player.addEventListener(type, (event) => this.#handOn(event));
    player.addEventListener("ended", () => this.#leadOn());
    const hadFocus = this.shadowRoot?.activeElement !== null;
    card.box.replaceChildren(player);
    if (hadFocus) player.focus(); // who pressed by keyboard goes on there
    if (!this.hasAttribute("frame") && this.getAttribute("sticky") !== "off") {
      const label = translator(SITE_WORDS, languageOf(this))("undock");
      new Dock(card.box, card.room, player, label).watch(this, signal);
    }
    return player;
  }

  /** @param {Event} event */
  #handOn(event) {
    const detail = event instanceof CustomEvent ? event.detail : undefined;
    this.dispatchEvent(new CustomEvent(event.type, { detail }));
  }

  /** Offer the article that follows: that of the attributes, or of the page's own link. */
  #leadOn() {
    const link = document.querySelector('link[rel~="next"]');
    const url = this.getAttribute("next") ?? link?.getAttribute("href") ?? "";
    const title = this.getAttribute("next-title") ?? link?.getAttribute("title") ?? "";
    const isWeb = /^https?:$/.test(URL.canParse(url, document.baseURI)
      ? new URL(url, document.baseURI).protocol : "");
    this.#card?.leadOn(url && isWeb ? new URL(url, document.baseURI).href : "", title);
  }

  /** @param {Summary} summary */
  #audioUrl({ id, audio_url }) {
    return new URL(audio_url, articleUrl(this.getAttribute("article") ?? id)).href;
  }
}

/**
 * Where an article usually stands, null if it does not there.
 * @param {string} selector of its site
 */
function usualPlace(selector) {
  const wanted = selector || "article";
  try {
    return document.querySelector(wanted) ? wanted : null;
  } catch {
    return null; // a selector of the service's that is none of CSS
  }
}
