/**
 * <tingwen-player>: an article's audio player. What <audio> (Sound) and the service (Narration)
 * say becomes one state, Controls draws it, gestures come back as requests to Player.
 * Attributes and custom properties: examples/embed/README.md
 */

/** Traditional Chinese, English. @type {Record<string, [string, string]>} */
const WORDS = {
  region: ["聽新聞", "Listen to this article"],
  play: ["播放", "Play"],
  pause: ["暫停", "Pause"],
  position: ["播放位置", "Position"],
  back: ["倒退 10 秒", "Back 10 seconds"],
  forward: ["快轉 10 秒", "Forward 10 seconds"],
  previous: ["上一句", "Previous sentence"],
  next: ["下一句", "Next sentence"],
  speed: ["播放速度", "Speed"],
  sleep: ["睡眠定時", "Sleep timer"],
  off: ["關閉", "Off"],
  minutes: ["# 分鐘後停止", "Stop in # minutes"],
  asleep: ["# 分鐘後，唸完那一句就停", "Stops in # minutes, at the end of a sentence"],
  download: ["下載 MP3", "Download MP3"],
  follow: ["回到朗讀處", "Back to what is being read"],
  retry: ["重試", "Try again"],
  loading: ["載入中", "Loading"],
  making: ["語音合成中，已可播放", "Still being voiced; you can listen already"],
  waiting: ["這一句還在合成，好了就播……", "This sentence is still being voiced…"],
  missing: ["找不到這篇文章的語音", "There is no audio of this article"],
  voice: ["語音合成失敗", "The voice failed"],
  network: ["連線中斷", "The connection is lost"],
  sound: ["音檔無法播放", "This audio cannot be played"],
  of: ["，共", " of"],
  h: [" 小時 ", " h "],
  m: [" 分 ", " min "],
  s: [" 秒", " s"],
};

/**
 * `start` and `end` are null until the sentence is spoken; paragraph −1 is the headline.
 * @typedef {{index: number, paragraph: number, text: string, start?: number, end?: number}} Sentence
 */

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
const SLEEP_MINUTES = [5, 10, 20, 30, 60];
const SKIP_S = 10;
const BASE = new URL(".", import.meta.url);

/** `3:42` or `1:02:03`; with units, as it is said. */
function clock(seconds, units) {
  const all = Math.floor(Math.max(0, seconds) + 1e-6);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  if (units) return `${h ? h + units[0] : ""}${h || m ? m + units[1] : ""}${s}${units[2]}`;
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** What this device remembers: `rate`, and `at`, where each article was left. */
function remember(change) {
  let kept = { at: {} };
  try {
    kept = { ...kept, ...JSON.parse(localStorage.tingwen ?? "{}") };
    if (change) {
      change(kept);
      kept.at = Object.fromEntries(Object.entries(kept.at).slice(-50));
      localStorage.tingwen = JSON.stringify(kept);
    }
  } catch {
    // Storage is refused in some frames: nothing is remembered, all else works.
  }
  return kept;
}

// ── Sound ────────────────────────────────────────────────────────────────────────────────

const SOUND_EVENTS = ["play", "pause", "playing", "waiting", "seeking", "seeked", "timeupdate",
  "durationchange", "progress", "ratechange", "ended", "error", "loadeddata", "canplay"];
const Source = self.ManagedMediaSource ?? self.MediaSource;
const canFeed = Source?.isTypeSupported("audio/mpeg");

/**
 * What is heard. A narration in the making is fed through MediaSource, so that what has been
 * spoken can be sought in; the finished file takes over in the pause between two sentences.
 * Fires `change`, its detail the event of <audio>.
 */
class Sound extends EventTarget {
  #audio = this.#element();
  /** The finished file, waiting for a pause. */
  #next = null;
  #abort = new AbortController();
  #rate = 1;
  live = false;
  failure = "";

  get time() { return this.#audio.currentTime; }
  get duration() { return Number.isFinite(this.#audio.duration) ? this.#audio.duration : null; }
  get playing() { return !this.#audio.paused && !this.#audio.ended; }
  get busy() { return this.playing && (this.#audio.readyState < 3 || this.#audio.seeking); }
  get ended() { return this.#audio.ended; }
  get rate() { return this.#audio.playbackRate; }
  get opened() { return this.#audio.hasAttribute("src"); }
  get loaded() {
    const { buffered } = this.#audio;
    return Array.from(buffered, (_, i) => [buffered.start(i), buffered.end(i)]);
  }
  /** How far one can go, in seconds. */
  get reach() { return this.duration ?? this.loaded.at(-1)?.[1] ?? 0; }

  set rate(rate) {
    this.#rate = rate;
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate;
  }

  /** Play a finished file. */
  open(url, at = 0) {
    this.close();
    this.#audio.src = url;
    if (at) this.#audio.currentTime = at;
  }

  /** Play what is being made. When the stream breaks, `isSame` says whether to go on with it. */
  follow(url, isSame) {
    this.close();
    this.live = true;
    if (!canFeed) return void (this.#audio.src = url);
    const source = new Source();
    this.#audio.disableRemotePlayback = true; // a condition of ManagedMediaSource
    this.#audio.src = URL.createObjectURL(source);
    const { signal } = this.#abort;
    this.#feed(source, url, isSame, signal).catch(() => signal.aborted || this.#fail("network"));
  }

  /** The finished file is there: change to it in the next pause. */
  finish(url) {
    if (!this.live || this.#next) return;
    this.#next = this.#element("auto");
    this.#next.src = url;
  }

  /** Change to the finished file if this is the moment; `start` and `end` are of a silence. */
  settle(start, end) {
    const next = this.#next;
    if (!next?.readyState) return;
    if (!this.playing) this.#take(this.time);
    else if (!(end > start)) return;
    else if (Math.abs(next.currentTime - start) > 0.01) next.currentTime = start;
    else if (this.time >= start && this.time < end - 0.04 && next.readyState > 2 && !next.seeking) {
      this.#take(start);
    }
  }

  /** Refused by the browser or overtaken by a pause: then the audio says that it is paused. */
  play() { return this.#audio.play().catch(() => undefined); }
  pause() { this.#audio.pause(); }

  canReach(seconds) {
    if (!this.live || this.#next?.readyState) return true;
    const { seekable } = this.#audio;
    return seekable.length > 0 && seekable.end(0) >= seconds &&
      this.loaded.some(([from, to]) => seconds >= from - 0.05 && seconds < to);
  }

  seek(seconds) {
    if (this.#next?.readyState) this.#take(seconds);
    else this.#audio.currentTime = seconds;
  }

  close() {
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.#next) unload(this.#next);
    this.#next = null;
    this.live = false;
    this.failure = "";
    if (this.opened) unload(this.#audio);
    this.rate = this.#rate;
  }

  #element(preload = "metadata") {
    const audio = new Audio();
    audio.preload = preload;
    audio.preservesPitch = true;
    for (const type of SOUND_EVENTS) {
      audio.addEventListener(type, () => audio === this.#audio && this.#heard(type));
    }
    return audio;
  }

  #heard(type) {
    const { error } = this.#audio;
    if (type === "error" && error && this.opened) {
      this.failure = error.code === 2 || !navigator.onLine ? "network" : "sound";
    }
    this.dispatchEvent(new CustomEvent("change", { detail: type }));
  }

  #fail(failure) {
    this.failure = failure;
    this.#heard("");
  }

  /** The file goes on at `at`; the stream falls silent when it does. */
  #take(at) {
    const [old, next, plays] = [this.#audio, this.#next, this.playing];
    next.currentTime = at;
    next.defaultPlaybackRate = next.playbackRate = this.#rate;
    const change = () => {
      this.#audio = next;
      this.#next = null;
      this.live = false;
      this.#abort.abort();
      unload(old);
      this.#heard("seeked");
    };
    if (!plays) return change();
    this.#next = null;
    // Where a new element may not start by itself (iOS), the stream goes on until a gesture.
    next.play().then(change, () => (this.#next = next));
  }

  async #feed(source, url, isSame, signal) {
    await once(source, "sourceopen", signal);
    const buffer = source.addSourceBuffer("audio/mpeg");
    for (let fed = 0, tries = 0; ; ) {
      try {
        if (tries && !(await isSame())) return;
        const response = await fetch(url, { signal, cache: "no-store" });
        // A length means the finished file, whose first frames differ: settle() takes it.
        if (response.headers.has("content-length")) return void (await isSame());
        const reader = response.body.getReader();
        let skip = fed;
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          const bytes = part.value.subarray(Math.min(skip, part.value.length));
          skip -= part.value.length - bytes.length;
          if (!bytes.length) continue;
          await append(buffer, bytes, signal);
          fed += bytes.length;
          tries = 0;
        }
        return source.endOfStream();
      } catch (error) {
        if (signal.aborted || ++tries > 8) throw error;
        await wait(200 * 2 ** tries);
      }
    }
  }
}

function once(target, type, signal) {
  return new Promise((done, fail) => {
    target.addEventListener(type, done, { once: true, signal });
    signal.addEventListener("abort", fail, { once: true });
  });
}

async function append(buffer, bytes, signal) {
  for (;;) {
    try {
      buffer.appendBuffer(bytes);
      return await once(buffer, "updateend", signal);
    } catch (error) {
      // Half an hour ahead fills the browser's quota: room comes as the sound is played.
      if (error.name !== "QuotaExceededError") throw error;
      await wait(2000);
    }
  }
}

function unload(audio) {
  audio.pause();
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
}

// ── Narration ────────────────────────────────────────────────────────────────────────────

const isHeard = (sentence) => sentence.end > (sentence.start ?? 0);

/** What the service says of an article, or a file of its captions. Calls `changed`. */
class Narration {
  /** The resource of /v1/articles. */
  article = { status: "loading", title: "", byline: "", duration: null };
  failure = "";
  /** @type {Sentence[]} */
  sentences = [];
  /** Those that are spoken, in order of time. @type {Sentence[]} */
  heard = [];
  #events = null;

  constructor(url, changed) {
    this.url = url;
    this.changed = changed;
  }

  get making() { return ["pending", "speaking"].includes(this.article.status); }
  get ready() { return this.article.status === "ready"; }
  get audioUrl() { return this.article.audio_url && new URL(this.article.audio_url, this.url).href; }

  /** Ask the service, and go on listening while the article is in the making. */
  async load() {
    try {
      const response = await fetch(this.url, { cache: "no-cache" });
      if (!response.ok) return this.#fail(response.status === 404 ? "missing" : "network");
      this.#accept(await response.json());
    } catch {
      this.#fail("network");
    }
  }

  /** A finished file needs no service. */
  async loadFile(captions) {
    const utterances = captions ? await cues(captions) : [];
    this.#accept({ ...this.article, status: "ready", audio_url: this.url, utterances });
  }

  /** Have a failed article spoken again, then ask again. */
  async retry() {
    if (this.failure === "voice") {
      await fetch(`${this.url}/retry`, { method: "POST" }).catch(() => undefined);
    }
    if (this.failure || this.making) await this.load();
  }

  /** Position in `heard` of what is read at `time`; −1 before the first. */
  at(time) {
    let [low, high] = [0, this.heard.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.heard[middle].start <= time + 0.001) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Seconds that the whole will take, as far as can be told from what is spoken. */
  get span() {
    const length = (list) => list.reduce((sum, { text }) => sum + text.length, 0);
    return this.article.duration ??
      ((this.heard.at(-1)?.end ?? 0) * length(this.sentences)) / (length(this.heard) || 1);
  }

  close() {
    this.#events?.close();
    this.#events = null;
  }

  #accept(article) {
    this.article = article;
    this.failure = article.status === "failed" ? "voice" : "";
    this.sentences = article.utterances;
    this.heard = this.sentences.filter(isHeard);
    if (!this.making) this.close();
    else if (!this.#events) this.#listen();
    this.changed();
  }

  #listen() {
    const events = (this.#events = new EventSource(`${this.url}/events`));
    events.addEventListener("utterance", ({ data }) => {
      const spoken = JSON.parse(data);
      const known = this.sentences[spoken.index];
      if (!known || known.end === spoken.end) return;
      const isNew = known.end === null;
      Object.assign(known, spoken);
      if (!isNew) this.heard = this.sentences.filter(isHeard);
      else if (isHeard(known)) this.heard.push(known);
      this.changed();
    });
    for (const end of ["ready", "failed"]) events.addEventListener(end, () => this.load());
    events.onerror = () => events.readyState === 2 && this.#fail("network");
  }

  #fail(failure) {
    this.close();
    this.failure = failure;
    this.changed();
  }
}

/** A WebVTT file, as the browser reads it. */
async function cues(url) {
  const audio = new Audio();
  const element = document.createElement("track");
  audio.crossOrigin = "anonymous";
  audio.append(element);
  element.track.mode = "hidden";
  element.src = url;
  await new Promise((done) => (element.onload = element.onerror = done));
  return Array.from(element.track.cues ?? [], (cue, i) => ({ index: Number(cue.id || i), paragraph: 0,
    text: cue.getCueAsHTML().textContent, start: cue.startTime, end: cue.endTime }));
}

// ── PageText ─────────────────────────────────────────────────────────────────────────────

const MARKED = "[data-sentence]";
const INVISIBLE = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/g;
const NOT_TEXT = "script,style,template,noscript,textarea,select,button,tingwen-player";
const highlights = self.Highlight && CSS.highlights;

/** Sentences in the page's own markup, which stays as it is: marked ones, or found by letter. */
class PageText {
  /** Of each sentence, how to make its range. @type {Map<number, () => Range>} */
  #ranges = new Map();
  /** Text nodes, and the node and offset of each visible letter. */
  #nodes = [];
  #nodeOf = [];
  #offsets = [];
  /** Sentence, first and last letter. */
  #spans = [];
  #boxes = document.createElement("div");

  constructor(root, sentences) {
    this.root = root;
    for (const element of root.querySelectorAll(MARKED)) {
      this.#ranges.set(Number(element.dataset.sentence), () => {
        const range = new Range();
        range.selectNodeContents(element);
        return range;
      });
    }
    if (!this.#ranges.size) this.#find(sentences);
  }

  get size() { return this.#ranges.size; }
  /** Whether the page has replaced its text. */
  get isStale() { return this.#nodes[0]?.isConnected === false; }
  range(index) { return this.#ranges.get(index)?.(); }

  highlight(index) {
    const range = this.range(index);
    if (!highlights) this.#box(range ? Array.from(range.getClientRects()) : []);
    else if (range) highlights.set("tingwen", new Highlight(range));
    else highlights.delete("tingwen");
  }

  /** The sentence under a click, or undefined. */
  sentenceAt({ target, clientX: x, clientY: y }) {
    const marked = target.closest(MARKED);
    if (marked) return Number(marked.dataset.sentence);
    if (target.closest("a,button,input,label,select,summary")) return undefined;
    const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = this.#nodes.indexOf(caret?.offsetNode ?? caret?.startContainer);
    const offset = (caret?.offset ?? caret?.startOffset) - 1;
    const letter = this.#nodeOf.findIndex((n, i) => n === node && this.#offsets[i] >= offset);
    return this.#spans.find(([, from, to]) => letter >= from && letter <= to)?.[0];
  }

  /**
   * Paragraph by paragraph, each after the one before: what stands between (captions,
   * advertisements) is passed over. A sentence that is not there is not highlighted.
   */
  #find(sentences) {
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT);
    let page = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(NOT_TEXT)) continue;
      const n = this.#nodes.push(node) - 1;
      for (let i = 0; i < node.data.length; i++) {
        if (node.data[i].search(INVISIBLE) === 0) continue;
        page += node.data[i];
        this.#nodeOf.push(n);
        this.#offsets.push(i);
      }
    }
    const letters = (text) => text.replace(INVISIBLE, "");
    let from = 0;
    for (const paragraph of Map.groupBy(sentences, (s) => s.paragraph).values()) {
      const start = page.indexOf(letters(paragraph.map((s) => s.text).join("")), from);
      let at = start;
      for (const { index, text } of paragraph) {
        const { length } = letters(text);
        if (start < 0) at = length > 3 ? page.indexOf(letters(text), from) : -1;
        if (at < 0 || !length) continue;
        const [first, last] = [at, at + length - 1];
        this.#spans.push([index, first, last]);
        this.#ranges.set(index, () => {
          const range = new Range();
          range.setStart(this.#nodes[this.#nodeOf[first]], this.#offsets[first]);
          range.setEnd(this.#nodes[this.#nodeOf[last]], this.#offsets[last] + 1);
          return range;
        });
        at = from = last + 1;
      }
    }
  }

  /** For browsers without highlights: boxes over the lines. */
  #box(rects) {
    this.#boxes.replaceChildren(...rects.map((rect) => {
      const box = document.createElement("div");
      box.style.cssText = `position:absolute;pointer-events:none;mix-blend-mode:multiply;opacity:.5;
        background:var(--tingwen-highlight,#f5d76e);left:${rect.left + scrollX}px;
        top:${rect.top + scrollY}px;width:${rect.width}px;height:${rect.height}px`;
      return box;
    }));
    document.body.append(this.#boxes);
  }
}

// ── Controls ─────────────────────────────────────────────────────────────────────────────

const sheet = (css) => {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
};
const PAGE_SHEET = sheet(`::highlight(tingwen) {
  background: var(--tingwen-highlight, light-dark(#fbe9b0, #574917)) }`);
const SHEET = sheet(`
:host {
  --ink: var(--tingwen-ink, light-dark(#1c1b19, #eceae5));
  --paper: var(--tingwen-paper, light-dark(#fff, #1e1d1b));
  --accent: var(--tingwen-accent, light-dark(#a3281f, #ff9384));
  --line: color-mix(in srgb, var(--ink) 16%, var(--paper));
  display: block; container-type: inline-size; color: var(--ink);
  font: 15px/1.4 var(--tingwen-font, "Noto Sans TC", "Noto Sans CJK TC", system-ui, sans-serif);
}
:host([theme=light]) { color-scheme: light }
:host([theme=dark]) { color-scheme: dark }
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box }
section {
  position: relative; display: grid; align-items: center; padding: 10px 12px 8px; gap: 4px;
  grid: "title time" "seek seek" "keys keys" / 1fr auto; background: var(--paper);
  border: 1px solid var(--line); border-radius: var(--tingwen-radius, 12px);
}
.title { grid-area: title; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
  font-weight: 600 }
.time { grid-area: time; font-size: 13px; font-variant-numeric: tabular-nums;
  color: color-mix(in srgb, var(--ink) 72%, var(--paper)) }
.seek { grid-area: seek; display: flex; align-items: center; min-height: 28px }
.keys { grid-area: keys; display: flex; align-items: center; justify-content: space-between }
button, label, a {
  position: relative; display: grid; place-items: center; width: 40px; height: 40px; padding: 0;
  border: 0; border-radius: 28px; background: none; color: inherit; font: inherit; cursor: pointer;
  -webkit-tap-highlight-color: transparent; touch-action: manipulation;
}
label { font-size: 14px; font-weight: 600 }
select { position: absolute; inset: 0; opacity: 0; cursor: pointer; font: 16px system-ui }
svg { display: block; width: 24px; fill: none; stroke: currentColor; stroke-width: 1.7; stroke-linecap: round;
  stroke-linejoin: round }
text { fill: currentColor; stroke: none; font: 700 8px system-ui; text-anchor: middle }
.play { width: 48px; height: 48px; order: 1; background: var(--accent); color: var(--paper) }
.play path { fill: currentColor }
.on > :first-child, .play:not(.on) > :last-child { display: none }
.forward, .forward ~ * { order: 2 }
.busy::after { content: ""; position: absolute; inset: -4px; border: 2px solid var(--accent);
  border-top-color: transparent; border-radius: 50%; animation: turn 1s linear infinite }
@keyframes turn { to { rotate: 1turn } }
.retry { margin-left: 12px }
.retry, .astray { width: auto; height: 30px; padding: 0 14px; border: 1px solid;
  background: var(--paper) }
.astray { position: absolute; bottom: calc(100% + 10px); left: 50%; translate: -50% }
:focus-visible, :has(> :focus-visible):is(label) { outline: 2px solid var(--accent);
  outline-offset: 2px }
@media (hover: hover) { button:not(.play):hover, label:hover, a:hover { color: var(--accent) } }
input { width: 100%; height: 28px; margin: 0; appearance: none; background: none; cursor: pointer;
  touch-action: none }
::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--track) }
::-moz-range-track { height: 4px; border-radius: 2px; background: var(--track) }
::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px;
  border-radius: 50%; background: var(--accent) }
::-moz-range-thumb { width: 14px; height: 14px; border: 0; background: var(--accent) }
.live { position: absolute; clip-path: inset(50%) }
@container (width >= 560px) {
  section { grid: "title keys keys" "seek seek time" / 1fr auto auto; gap: 0 14px;
    padding: 10px 18px 10px 86px }
  .play { position: absolute; left: 16px; top: calc(50% - 27px); width: 54px; height: 54px }
  .keys { margin-right: -8px }
}
@media (prefers-reduced-motion: reduce) { .busy::after { animation: none } }
@media (forced-colors: active) { .play { border: 1px solid } input { appearance: auto } }`);

const ICONS = {
  play: "M8 5.500v13l10.5-6.500z",
  pause: "M7 5.500h3v13H7zM14 5.500h3v13h-3z",
  back: "M5 4v4h4M5.4 8A8 8 0 1 1 4 12.5",
  forward: "M19 4v4h-4M18.6 8A8 8 0 1 0 20 12.5",
  previous: "M7 6v12M18 6.500v11L10 12z",
  next: "M17 6v12M6 6.500v11l8-5.500z",
  sleep: "M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.500M5 19.500h14",
};
const svg = (name, more = "") =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/>${more}</svg>`;

/** What has not changed is not touched. */
function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (element[name] !== value) element[name] = value;
  }
}

/** The shadow tree. Of its own it knows only where the thumb is held. */
class Controls {
  #held = null;

  constructor(root, player, word) {
    this.word = word;
    const named = (name) => `class="${name}" aria-label="${word(name)}" title="${word(name)}"`;
    const key = (name) => `<button ${named(name)}>${svg(name,
      name === "back" || name === "forward" ? '<text x="12" y="15.4">10</text>' : "")}</button>`;
    const pick = (name, options) => `<label title="${word(name)}"><span></span>
      <select class="${name}" aria-label="${word(name)}">${options.map(([value, text]) =>
        `<option value="${value}">${text}</option>`).join("")}</select></label>`;
    root.adoptedStyleSheets = [SHEET];
    root.innerHTML = `<section><div class="title"></div><div class="time"></div><div class="keys">
      <button class="play">${svg("play")}${svg("pause")}</button>
      ${pick("speed", SPEEDS.map((n) => [n, `${n}×`]))}
      ${key("previous")}${key("back")}${key("forward")}${key("next")}
      ${pick("sleep", [["", word("off")], ...SLEEP_MINUTES.map((n) => [n, word("minutes", n)])])}
      <a ${named("download")}>${svg("download")}</a></div>
      <div class="seek"><input type="range" min="0" step="0.1" aria-label="${word("position")}">
      <span class="note"></span><button class="retry">${word("retry")}</button></div>
      <button class="astray" hidden>${word("follow")}</button>
      <div class="live" role="status"></div></section>`;
    const find = (selector) => root.querySelector(selector);
    for (const name of ["section", "input", ".title", ".time", ".note", ".retry", ".play", ".speed",
      ".sleep", ".download", ".astray", ".live"]) this[name.replace(".", "")] = find(name);
    const clicks = { play: () => player.toggle(), back: () => player.skip(-SKIP_S),
      forward: () => player.skip(SKIP_S), previous: () => player.step(-1),
      next: () => player.step(1), retry: () => player.retry(), astray: () => player.follow() };
    for (const [name, request] of Object.entries(clicks)) find(`.${name}`).onclick = request;
    this.speed.onchange = () => (player.rate = Number(this.speed.value));
    this.sleep.onchange = () => player.sleep(Number(this.sleep.value));
    this.input.oninput = () => {
      this.#held = Number(this.input.value);
      player.render();
    };
    this.input.onchange = () => {
      this.#held = null;
      player.seek(Number(this.input.value));
    };
  }

  /** @param {State} state */
  draw(state) {
    const { word } = this;
    const { duration, failure, message, playing, sleepMinutes } = state;
    const time = this.#held ?? state.time;
    const span = Math.max(state.span, time, 0.1);
    const units = [word("h"), word("m"), word("s")];
    const note = message && word(message, sleepMinutes);
    const percent = (seconds) => `${((100 * seconds) / span).toFixed(2)}%`;
    const loaded = state.loaded.map(([from, to]) =>
      `var(--line) 0 ${percent(from)},color-mix(in srgb,var(--ink) 38%,var(--paper)) 0 ${percent(to)},`).join("");
    const track = `linear-gradient(90deg,var(--accent) ${percent(time)},${loaded}var(--line) 0)`;
    if (this.track !== track) this.section.style.setProperty("--track", (this.track = track));
    set(this.section, { ariaLabel: `${word("region")}：${state.title}` });
    set(this.title, { textContent: message === "waiting" ? note : state.title || word("region") });
    set(this.time, {
      textContent: `${clock(time)} / ${duration === null ? "–:––" : clock(duration)}`,
    });
    set(this.input, { max: String(span), disabled: !state.ready, ariaValueText: clock(time, units) +
      (duration === null ? "" : word("of") + clock(duration, units)) });
    if (this.#held === null) set(this.input, { value: time.toFixed(1) });
    const toggles = word(playing ? "pause" : "play");
    set(this.play, { ariaLabel: toggles, title: toggles,
      className: `play${playing ? " on" : ""}${state.busy ? " busy" : ""}` });
    set(this.speed, { value: String(state.rate) });
    set(this.speed.previousElementSibling, { textContent: `${state.rate}×` });
    set(this.sleep, { value: sleepMinutes ? this.sleep.value : "" });
    set(this.sleep.previousElementSibling,
      { innerHTML: sleepMinutes ? `${sleepMinutes}′` : svg("sleep") });
    set(this.download, { hidden: !state.download, href: state.download,
      download: `${state.title || "audio"}.mp3` });
    set(this.astray, { hidden: !state.astray });
    set(this.note, { textContent: failure && note, title: state.detail });
    set(this.retry, { hidden: !failure || failure === "missing" });
    set(this.input, { hidden: Boolean(failure) });
    set(this.live, { textContent: note });
  }
}

// ── Player ───────────────────────────────────────────────────────────────────────────────

/** Gathers the state, does what is asked. Fires `sentencechange`, its detail `{index}`. */
class Player extends HTMLElement {
  static observedAttributes = ["article", "src", "for"];
  #sound = new Sound();
  /** @type {Narration} */
  #narration;
  #text = null;
  #controls = null;
  /** Position in `heard` of the sentence being read. */
  #at = -1;
  /** Where to go as soon as it is spoken: `{time}` or `{index}` of a sentence. */
  #wanted = null;
  #wantsPlay = false;
  #started = false;
  #restored = false;
  #follows = true;
  #ownScrollUntil = 0;
  #sleepAt = 0;
  #savedAt = 0;
  #frame = 0;
  #lifetime;
  #others;

  /** Seconds; NaN while the duration is not known. */
  get currentTime() { return this.#sound.time; }
  set currentTime(seconds) { this.seek(seconds); }
  get duration() { return this.#sound.duration ?? this.#narration?.article.duration ?? NaN; }
  get paused() { return !this.#sound.playing; }
  /** Index of the sentence being read, −1 before the first. */
  get sentence() { return this.#narration?.heard[this.#at]?.index ?? -1; }
  get rate() { return this.#sound.rate; }
  set rate(rate) {
    this.#sound.rate = rate;
    remember((kept) => (kept.rate = rate));
  }

  connectedCallback() {
    const english = (this.lang || this.closest("[lang]")?.lang || "zh").startsWith("en");
    const word = (name, n) => WORDS[name][Number(english)].replace("#", n);
    this.#controls = new Controls(this.shadowRoot ?? this.attachShadow({ mode: "open" }), this, word);
    if (!document.adoptedStyleSheets.includes(PAGE_SHEET)) document.adoptedStyleSheets.push(PAGE_SHEET);
    this.#lifetime = new AbortController();
    const on = (target, types, act) => types.split(" ").forEach((type) =>
      target.addEventListener(type, act, { signal: this.#lifetime.signal }));
    on(this.#sound, "change", ({ detail }) => this.#tick(detail));
    on(this, "keydown", (event) => this.#key(event));
    on(document, "keydown", (event) => this.#text?.root.contains(event.target) && this.#key(event));
    on(document, "click", (event) => this.#click(event));
    on(window, "hashchange", () => this.#goToHash(this.#started));
    on(window, "pagehide", () => this.#save());
    on(window, "offline", () => this.render());
    on(window, "online", () => (this.#sound.busy || this.#failure === "network") && this.retry());
    on(window, "wheel touchmove", () => (this.#ownScrollUntil = 0));
    on(window, "scroll", () => this.#scrolled());
    this.#others = new BroadcastChannel("tingwen");
    this.#others.onmessage = () => this.pause();
    this.#open();
  }

  disconnectedCallback() {
    this.#save();
    this.#lifetime.abort();
    this.#others.close();
    this.#text?.highlight();
    this.#narration?.close();
    this.#sound.close();
  }

  attributeChangedCallback(name, before, now) {
    if (this.#controls && this.isConnected && before !== now) this.#open();
  }

  // Requests

  toggle() {
    if (this.#sound.playing) this.pause();
    else this.play();
  }

  async play() {
    this.#started = this.#wantsPlay = this.#follows = true;
    if (this.#failure) return this.retry();
    if (!this.#sound.opened) this.#openSound();
    await this.#sound.play();
    this.#tick();
  }

  pause() {
    this.#wantsPlay = false;
    this.#sound.pause();
  }

  /** Go to a time, or as soon as it is there. */
  seek(seconds) {
    if (!this.#sound.opened) this.#openSound();
    this.#want({ time: Math.max(0, Math.min(seconds, this.#sound.duration ?? seconds)) });
  }

  skip(seconds) {
    const { live, reach, time } = this.#sound;
    this.seek(live ? Math.min(time + seconds, Math.max(time, reach - 0.1)) : time + seconds);
  }

  /** Sentences on or back; after two seconds of a sentence, back is to its start. */
  step(by) {
    const { heard } = this.#narration;
    if (!heard.length) return this.skip(by * SKIP_S);
    const at = this.#narration.at(this.#sound.time);
    const again = by < 0 && this.#sound.time - heard[Math.max(0, at)].start > 2;
    this.seek(heard[Math.max(0, Math.min(heard.length - 1, again ? at : at + by))].start);
  }

  /** Hear a sentence by its index; one that is not spoken yet, as soon as it is. */
  goTo(index, plays = true) {
    this.#want({ index });
    if (plays) this.play();
  }

  /** Stop at the end of the sentence that is read in so many minutes; 0 for never. */
  sleep(minutes) {
    this.#sleepAt = minutes && Date.now() + minutes * 60_000;
    this.render();
  }

  /** Keep the sentence in view again. */
  follow() {
    this.#follows = true;
    this.#show(true);
    this.render();
  }

  async retry() {
    const [at, sentence, plays] = [this.#sound.time, this.sentence, this.#wantsPlay];
    const opened = this.#sound.opened;
    this.#sound.close();
    await this.#narration.retry();
    if (this.#failure) return;
    if (opened) this.#wanted = this.#narration.ready ? { time: at } : { index: sentence };
    if (opened || plays) this.#openSound();
    if (plays) this.play();
  }

  // State

  /** Browsers try again for minutes before <audio> tells of a lost network: it is said at once. */
  get #failure() {
    const { busy, failure } = this.#sound;
    return this.#narration?.failure || failure || (busy && !navigator.onLine && "network") || "";
  }

  render() {
    const [sound, narration, failure] = [this.#sound, this.#narration, this.#failure];
    if (!narration) return;
    const sleepMinutes = this.#sleepAt && Math.max(1, Math.ceil((this.#sleepAt - Date.now()) / 60_000));
    const loading = narration.article.status === "loading";
    this.#controls.draw({
      title: this.getAttribute("headline") ?? narration.article.title,
      playing: sound.playing,
      busy: sound.busy || Boolean(this.#wanted && this.#wantsPlay),
      time: sound.time,
      duration: sound.duration ?? narration.article.duration,
      span: sound.duration ?? narration.span,
      loaded: sound.loaded,
      rate: sound.rate,
      ready: !loading,
      failure,
      message: failure || (loading && "loading") || (this.#wanted && sound.opened && "waiting") ||
        (sleepMinutes && "asleep") || (narration.making && "making") || "",
      detail: narration.article.problem?.detail ?? "",
      sleepMinutes,
      download: narration.ready ? narration.audioUrl : "",
      astray: Boolean(this.#text?.size && sound.playing && !this.#follows),
    });
  }

  /** What follows from what the audio says now: at its events, and at every frame while it plays. */
  #tick(event) {
    const [sound, narration] = [this.#sound, this.#narration];
    if (!narration) return;
    const at = this.#started || sound.time > 0 ? narration.at(sound.time) : -1;
    const changed = at !== this.#at;
    this.#at = at;
    if (changed) {
      this.#show();
      this.dispatchEvent(new CustomEvent("sentencechange", { detail: { index: this.sentence } }));
    }
    if (this.#sleepAt && Date.now() >= this.#sleepAt && (changed || !sound.playing)) {
      this.#sleepAt = 0;
      this.pause();
    }
    if (!this.#arrive()) sound.settle(narration.heard[at]?.end, narration.heard[at + 1]?.start);
    cancelAnimationFrame(this.#frame);
    if (sound.playing) this.#frame = requestAnimationFrame(() => this.#tick());
    if (event === "pause" || event === "ended" || Date.now() - this.#savedAt > 5000) this.#save();
    if (/^(play|pause|seeked|ratechange|durationchange)$/.test(event)) this.#announce(event);
    this.render();
  }

  #want(place) {
    this.#wanted = place;
    this.#follows = true;
    this.#tick();
  }

  /** Go where it was wanted, if it can be reached now. */
  #arrive() {
    if (!this.#wanted || !this.#sound.opened) return false;
    const { time, index } = this.#wanted;
    const seconds = time ?? this.#narration.heard.find((s) => s.index >= index)?.start;
    if (seconds === undefined || !this.#sound.canReach(seconds)) return false;
    this.#wanted = null;
    this.#sound.seek(seconds);
    if (this.#wantsPlay && !this.#sound.playing) this.#sound.play();
    return true;
  }

  // Opening

  #open() {
    this.#narration?.close();
    this.#sound.close();
    this.#text?.highlight();
    this.#text = this.#wanted = null;
    this.#at = -1;
    this.#restored = this.#started = this.#wantsPlay = false;
    this.#sound.rate = remember().rate ?? 1;
    const [article, src, api] = ["article", "src", "api"].map((name) => this.getAttribute(name));
    const url = article ? new URL(`v1/articles/${article}`, new URL(api ?? BASE, document.baseURI)) :
      new URL(src ?? "", document.baseURI);
    const narration = new Narration(url.href, () => narration === this.#narration && this.#learn());
    this.#narration = narration;
    this.render();
    if (article) narration.load();
    else if (src) narration.loadFile(this.getAttribute("captions"));
  }

  /** More of the article is known. */
  #learn() {
    const narration = this.#narration;
    if (!this.#text && narration.sentences.length) this.#bind();
    if (narration.ready) {
      if (this.#sound.live) this.#sound.finish(narration.audioUrl);
      else if (!this.#sound.opened) this.#openSound();
    }
    if (!this.#restored && (narration.heard.length || narration.ready)) this.#restore();
    this.#tick();
  }

  #openSound() {
    const narration = this.#narration;
    if (!narration?.audioUrl) return;
    if (narration.ready) return this.#sound.open(narration.audioUrl);
    const { voice } = narration.article;
    this.#sound.follow(narration.audioUrl, async () => {
      await narration.load();
      if (narration.failure === "network") throw new Error(narration.failure);
      if (narration.failure) return false;
      if (!voice || narration.article.voice === voice) return true;
      // Another voice has begun the article anew.
      const index = this.sentence;
      this.#openSound();
      this.goTo(index, this.#wantsPlay);
      return false;
    });
  }

  #bind() {
    const root = document.querySelector(this.getAttribute("for") || "#\\0");
    this.#text = root && new PageText(root, this.#narration.sentences);
  }

  #restore() {
    this.#restored = true;
    if (this.#goToHash(false)) return;
    const at = remember().at[this.#narration.url];
    if (at > 3 && !(at > this.duration - 3)) this.seek(at);
  }

  /** A deep link: `#s=12` is the sentence of that index, for the first player of the page. */
  #goToHash(plays) {
    const [, index] = /[#&]s=(\d+)/.exec(location.hash) ?? [];
    if (!index || document.querySelector(this.localName) !== this) return false;
    if (!this.#sound.opened) this.#openSound();
    this.goTo(Number(index), plays);
    this.#show(true, Number(index));
    return true;
  }

  #save() {
    this.#savedAt = Date.now();
    if (!this.#started) return;
    const { time, ended } = this.#sound;
    remember(({ at }) => {
      delete at[this.#narration.url];
      if (time && !ended) at[this.#narration.url] = time;
    });
  }

  // The page around

  #show(scrolls = false, index = this.sentence) {
    if (this.#text?.isStale) this.#bind();
    this.#text?.highlight(this.sentence);
    const rect = this.#text?.range(index)?.getBoundingClientRect();
    if (!rect || !(scrolls || (this.#follows && this.#sound.playing))) return;
    if (rect.top > innerHeight * 0.12 && rect.bottom < innerHeight * 0.68) return;
    this.#ownScrollUntil = performance.now() + 1000;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: rect.top - innerHeight * 0.3, behavior: calm ? "instant" : "smooth" });
  }

  /** The reader scrolled: follow on only while the sentence is in view. */
  #scrolled() {
    const rect = this.#text?.range(this.sentence)?.getBoundingClientRect();
    if (!rect || performance.now() < this.#ownScrollUntil) return;
    this.#follows = rect.bottom > 0 && rect.top < innerHeight;
    this.render();
  }

  #click(event) {
    const { button, ctrlKey, metaKey, shiftKey, target } = event;
    if (event.defaultPrevented || button || ctrlKey || metaKey || shiftKey) return;
    if (!this.#text?.root.contains(target) || !getSelection().isCollapsed) return;
    const index = this.#text.sentenceAt(event);
    const marked = target.closest(MARKED);
    // On a publisher's page a click means nothing until the reader has begun to listen.
    if (index === undefined || !(marked || this.#started)) return;
    event.preventDefault();
    if (marked) history.replaceState(null, "", `#s=${index}`);
    this.goTo(index);
  }

  #key(event) {
    const { key, shiftKey } = event;
    const origin = event.composedPath()[0];
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (origin.matches("select") || ([" ", "Enter"].includes(key) && origin.matches("button"))) return;
    const request = {
      " ": () => this.toggle(),
      k: () => this.toggle(),
      j: () => this.skip(-SKIP_S),
      l: () => this.skip(SKIP_S),
      ArrowLeft: () => (shiftKey ? this.step(-1) : this.skip(-SKIP_S)),
      ArrowRight: () => (shiftKey ? this.step(1) : this.skip(SKIP_S)),
      ArrowDown: origin.matches("input") && (() => this.skip(-SKIP_S)),
      ArrowUp: origin.matches("input") && (() => this.skip(SKIP_S)),
    }[key.length > 1 ? key : key.toLowerCase()];
    if (!request) return;
    event.preventDefault();
    request();
  }

  // The device

  /** Tell the lock screen and the headset; when this one plays, the others fall silent. */
  #announce(event) {
    const { duration, playing, rate, time } = this.#sound;
    const { mediaSession } = navigator;
    if (event === "play") this.#others.postMessage("");
    if (!mediaSession || !this.#started) return;
    if (event === "play") this.#takeSession(mediaSession);
    if (playing && duration) {
      mediaSession.setPositionState({ duration, playbackRate: rate, position: Math.min(time, duration) });
    }
  }

  #takeSession(session) {
    const { title, byline } = this.#narration.article;
    const artwork = this.getAttribute("artwork") ??
      document.querySelector('meta[property="og:image"]')?.content ?? `${BASE}artwork.png`;
    session.metadata = new MediaMetadata({
      title: this.getAttribute("headline") ?? title,
      artist: byline || location.hostname,
      artwork: [{ src: new URL(artwork, document.baseURI).href }],
    });
    const actions = {
      play: () => this.play(),
      pause: () => this.pause(),
      seekbackward: ({ seekOffset }) => this.skip(-(seekOffset || SKIP_S)),
      seekforward: ({ seekOffset }) => this.skip(seekOffset || SKIP_S),
      seekto: ({ seekTime }) => this.seek(seekTime),
      previoustrack: () => this.step(-1),
      nexttrack: () => this.step(1),
    };
    for (const [action, act] of Object.entries(actions)) session.setActionHandler(action, act);
  }
}

if (!customElements.get("tingwen-player")) customElements.define("tingwen-player", Player);
