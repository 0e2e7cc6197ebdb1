/** Controls draw what <audio> (Sound) and the service (Narration) say. */

/** @type {Record<string, [string, string]>} */
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
  asleep: ["# 分鐘後，唸完那一句就停", "Stops in # minutes"],
  download: ["下載 MP3", "Download MP3"],
  follow: ["回到朗讀處", "Back to the sentence"],
  retry: ["重試", "Try again"],
  making: ["語音合成中，已可播放", "Being voiced; you can listen"],
  waiting: ["這一句還在合成，好了就播……", "This sentence is being voiced…"],
  missing: ["找不到這篇文章的語音", "There is no audio"],
  voice: ["語音合成失敗", "The voice failed"],
  network: ["連線中斷", "Connection lost"],
  sound: ["音檔無法播放", "The audio cannot play"],
  of: ["，共 ", " of "],
  lang: ["zh-TW", "en"],
};

/**
 * @typedef {{index: number, paragraph: number, text: string, start?: number, end?: number}} Sentence
 */

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
const SLEEP_MINUTES = [5, 10, 20, 30, 60];
const SKIP_S = 10;
const BASE = new URL(".", import.meta.url);

/** `3:42`, or in the words of a language. */
function clock(seconds, lang) {
  const all = Math.floor(Math.max(0, seconds) + 1e-6);
  const [h, m, s] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, all % 60];
  if (lang && Intl.DurationFormat) {
    const words = new Intl.DurationFormat(lang, { style: "long", secondsDisplay: "always" });
    return words.format({ hours: h, minutes: m, seconds: s });
  }
  const two = (n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** What this device keeps: `rate`, and `at`, where each article was left. */
function remember(change = () => {}) {
  let kept = {};
  try {
    kept = JSON.parse(localStorage.tingwen);
  } catch {}
  kept.at ??= {};
  change(kept);
  try {
    localStorage.tingwen = JSON.stringify(kept);
  } catch {} // some frames have no storage
  return kept;
}

const SOUND_EVENTS = ["play", "pause", "waiting", "canplay", "seeked", "timeupdate", "progress",
  "durationchange", "ratechange", "ended", "error"];
const Source = self.ManagedMediaSource ?? self.MediaSource;

/**
 * What is heard. While it is being made, MediaSource lets what is spoken be sought in; the
 * finished file takes over in the pause between two sentences.
 */
class Sound extends EventTarget {
  #audio = this.#element();
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

  set rate(rate) {
    this.#rate = rate;
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate;
  }

  open(url) {
    this.close();
    this.#audio.src = url;
  }

  /** Play what is being made. */
  follow(url, broken) {
    this.open(url);
    this.live = true;
    if (!Source?.isTypeSupported("audio/mpeg")) return;
    const source = new Source();
    this.#audio.disableRemotePlayback = true; // ManagedMediaSource wants it
    this.#audio.src = URL.createObjectURL(source);
    const { signal } = this.#abort;
    this.#feed(source, url, signal).catch(() => signal.aborted || broken());
  }

  finish(url) {
    if (!this.live || this.#next) return;
    this.#next = this.#element("auto");
    this.#next.src = url;
  }

  /** Change to the finished file in a pause from `start` to `end`. */
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

  play() { return this.#audio.play().catch(() => {}); }
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
    if (type === "error" && this.opened) {
      this.failure = this.#audio.error.code === 2 || !navigator.onLine ? "network" : "sound";
    }
    this.dispatchEvent(new CustomEvent("change", { detail: type }));
  }

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
    // iOS lets a new element start only in a gesture: until then the stream goes on.
    next.play().then(change, () => (this.#next = next));
  }

  async #feed(source, url, signal) {
    await once(source, "sourceopen");
    const buffer = source.addSourceBuffer("audio/mpeg");
    const response = await fetch(url, { signal, cache: "no-store" });
    if (response.headers.has("content-length")) throw new Error();
    const reader = response.body.getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      // Browsers take about half an hour at once.
      while (this.loaded.at(-1)?.[1] > this.time + 900) await wait(1000);
      buffer.appendBuffer(part.value);
      await once(buffer, "updateend");
    }
    source.endOfStream();
  }
}

const once = (target, type) =>
  new Promise((done) => target.addEventListener(type, done, { once: true }));

function unload(audio) {
  audio.pause();
  URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
}

const isHeard = (sentence) => sentence.end > (sentence.start ?? 0);

class Narration {
  article = { title: "", byline: "", duration: null };
  failure = "";
  sentences = [];
  /** Those that are spoken. */
  heard = [];
  #events = null;

  constructor(url, changed) {
    this.url = url;
    this.changed = changed;
  }

  get making() { return ["pending", "speaking"].includes(this.article.status); }
  get ready() { return this.article.status === "ready"; }
  get audioUrl() { return new URL(this.article.audio_url, this.url).href; }

  async load() {
    try {
      const response = await fetch(this.url, { cache: "no-cache" });
      if (!response.ok) return this.#fail(response.status === 404 ? "missing" : "network");
      this.#accept(await response.json());
    } catch {
      this.#fail("network");
    }
  }

  /** No service, but a file and its WebVTT. */
  async loadFile(captions) {
    const [audio, track] = [new Audio(), document.createElement("track")];
    audio.crossOrigin = "anonymous";
    audio.append(track);
    track.track.mode = "hidden";
    track.src = captions ?? "data:,";
    await Promise.race([once(track, "load"), once(track, "error")]);
    const utterances = [];
    Array.from(track.track.cues ?? [], (cue, i) => {
      const index = Math.trunc(cue.id || i);
      let last = utterances.at(-1); // 12.1 and 12.2 are parts of sentence 12
      if (last?.index !== index) utterances.push(last = { index, paragraph: 0, text: "", start: cue.startTime });
      last.text += cue.getCueAsHTML().textContent;
      last.end = cue.endTime;
    });
    this.#accept({ ...this.article, status: "ready", id: this.url, audio_url: this.url, utterances });
  }

  async retry() {
    if (this.failure === "voice") {
      await fetch(`${this.url}/retry`, { method: "POST" }).catch(() => {});
    }
    if (this.failure || this.making) await this.load();
  }

  /** Position in `heard` of what is read at `time`; −1 before the first. */
  at(time) { return this.heard.findLastIndex(({ start }) => start <= time + 0.001); }

  /** Seconds that the whole may take. */
  get span() {
    const { length } = this.heard;
    return length && (this.heard[length - 1].end * this.sentences.length) / length;
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
      this.sentences[spoken.index] = spoken;
      this.heard = this.sentences.filter(isHeard);
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

const VISIBLE = /[^\s\u00ad\u200b-\u200f\u2060\ufeff]/g;
const FAR = 2000;
const NOT_TEXT = "script,style,template,noscript,button,tingwen-player";
const highlights = self.Highlight && CSS.highlights;

/** Sentences in the page's own markup, which stays as it is. */
class PageText {
  /** Node and offset of each letter; first and last letter of each sentence. */
  #letters = [];
  #spans = new Map();
  #boxes = document.createElement("div");

  /** One after the other: captions and advertisements between them are passed over. */
  constructor(root, sentences) {
    this.root = root;
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let page = "";
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(NOT_TEXT)) continue;
      for (const { 0: letter, index } of node.data.matchAll(VISIBLE)) {
        page += letter;
        this.#letters.push([node, index]);
      }
    }
    let from = 0;
    for (const { index, paragraph, text } of sentences) {
      const wanted = (text.match(VISIBLE) ?? []).join("");
      const at = page.indexOf(wanted, from);
      // Few letters, or far away, may be something else.
      if (!wanted || at < 0 || at > from + (wanted.length < 4 ? 0 : FAR)) continue;
      this.#spans.set(index, [at, at + wanted.length - 1]);
      if (paragraph >= 0) from = at + wanted.length;
    }
  }

  get found() { return this.#spans.size > 0; }
  get isStale() { return this.#letters[0]?.[0].isConnected === false; }

  range(index) {
    const span = this.#spans.get(index);
    if (!span) return;
    const [[first, start], [last, end]] = span.map((letter) => this.#letters[letter]);
    const range = new Range();
    range.setStart(first, start);
    range.setEnd(last, end + 1);
    return range;
  }

  highlight(index) {
    const range = this.range(index);
    if (highlights && range) highlights.set("tingwen", new Highlight(range));
    else if (highlights) highlights.delete("tingwen");
    else {
      this.#boxes.replaceChildren(...Array.from(range?.getClientRects() ?? [], (rect) => {
        const box = document.createElement("div");
        box.style.cssText = `position:absolute;pointer-events:none;opacity:.3;background:
          var(--tingwen-highlight,#fc0);left:${rect.x + scrollX}px;top:${rect.y + scrollY}px;
          width:${rect.width}px;height:${rect.height}px`;
        return box;
      }));
      document.body.append(this.#boxes);
    }
  }

  sentenceAt({ target, clientX: x, clientY: y }) {
    if (target.closest("a,button,input,label,select,summary")) return;
    const caret = document.caretPositionFromPoint?.(x, y) ?? document.caretRangeFromPoint?.(x, y);
    const node = caret?.offsetNode ?? caret?.startContainer;
    const offset = (caret?.offset ?? caret?.startOffset) - 1;
    const letter = this.#letters.findIndex(([n, at]) => n === node && at >= offset);
    return [...this.#spans].find(([, [from, to]]) => letter >= from && letter <= to)?.[0];
  }
}

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
  --loaded: color-mix(in srgb, var(--ink) 38%, var(--paper));
  display: block; container-type: inline-size; color: var(--ink);
  font-size: 15px; line-height: 1.4;
}
:host([hidden]), [hidden] { display: none !important }
* { box-sizing: border-box }
section {
  position: relative; display: grid; align-items: center; padding: 10px 12px 8px; gap: 4px;
  grid: "title time" "seek seek" "keys keys" / 1fr auto; background: var(--paper);
  border: 1px solid var(--line); border-radius: var(--tingwen-radius, 12px);
}
.title { grid-area: title; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
  font-weight: 600 }
.time { grid-area: time; font-size: 13px; font-variant-numeric: tabular-nums; opacity: .75 }
.seek { grid-area: seek; display: flex; align-items: center; min-height: 28px }
.keys { grid-area: keys; display: flex; align-items: center; justify-content: space-between }
button, label, a {
  position: relative; display: grid; place-items: center; width: 40px; height: 40px; padding: 0;
  border: 0; border-radius: 28px; background: none; color: inherit; font: inherit; cursor: pointer;
}
label { font-size: 14px; font-weight: 600 }
select { position: absolute; inset: 0; opacity: 0; cursor: pointer; font-size: 16px }
svg { display: block; width: 24px; fill: none; stroke: currentColor; stroke-width: 1.7;
  stroke-linecap: round; stroke-linejoin: round }
text { fill: currentColor; stroke: none; font: 700 8px system-ui; text-anchor: middle }
.toggle { flex: none; width: 48px; height: 48px; order: 1; background: var(--accent); color: var(--paper) }
.toggle path { fill: currentColor }
.on > :first-child, .toggle:not(.on) > :last-child { display: none }
.forward, .forward ~ * { order: 2 }
.forward path, .next path { scale: -1 1; transform-origin: 12px }
.busy::after { content: ""; position: absolute; inset: -4px; border: 2px solid var(--accent);
  border-top-color: transparent; border-radius: 50%; animation: turn 1s linear infinite }
@keyframes turn { to { rotate: 1turn } }
.retry { margin-left: 12px }
.retry, .follow { width: auto; height: 30px; padding: 0 14px; border: 1px solid;
  background: var(--paper) }
.follow { position: absolute; bottom: calc(100% + 10px); left: 50%; translate: -50% }
:focus-visible, label:focus-within { outline: 2px solid var(--accent); outline-offset: 2px }
.keys > :not(.toggle):hover { color: var(--accent) }
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
  .toggle { position: absolute; left: 16px; top: calc(50% - 27px); width: 54px; height: 54px }
  .keys { margin-right: -8px }
}
@media (prefers-reduced-motion: reduce) { .busy::after { animation: none } }
@media (forced-colors: active) { .toggle { border: 1px solid } input { appearance: auto } }`);

const ICONS = {
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M7 5.5h3v13H7zM14 5.5h3v13h-3z",
  back: "M5 4v4h4M5.4 8A8 8 0 1 1 4 12.5",
  previous: "M7 6v12M18 6.5v11L10 12z",
  sleep: "M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z",
  download: "M12 4v11M7.5 11l4.5 4.5 4.5-4.5M5 19.5h14",
};
const svg = (name, more = "") =>
  `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/>${more}</svg>`;

function set(element, properties) {
  for (const [name, value] of Object.entries(properties)) {
    if (element[name] !== value) element[name] = value;
  }
}

class Controls {
  /** Where the thumb is held. */
  #held = null;

  constructor(root, player, word) {
    this.word = word;
    const named = (name) => `class="${name}" aria-label="${word(name)}" title="${word(name)}"`;
    const ten = '<text x="12" y="15.4">10</text>';
    const key = (name, icon = name, more) => `<button ${named(name)}>${svg(icon, more)}</button>`;
    const pick = (name, options) => `<label><span></span><select ${named(name)}>${options.map(
      ([value, text]) => `<option value="${value}">${text}</option>`).join("")}</select></label>`;
    root.adoptedStyleSheets = [SHEET];
    root.innerHTML = `<section class="box"><div class="title"></div><div class="time"></div>
      <div class="keys"><button class="toggle">${svg("play")}${svg("pause")}</button>
      ${pick("speed", SPEEDS.map((n) => [n, `${n}×`]))}
      ${key("previous")}${key("back", "back", ten)}
      ${key("forward", "back", ten)}${key("next", "previous")}
      ${pick("sleep", [[0, word("off")], ...SLEEP_MINUTES.map((n) => [n, word("minutes", n)])])}
      <a ${named("download")}>${svg("download")}</a></div>
      <div class="seek"><input class="bar" type="range" min="0" step="0.1"
      aria-label="${word("position")}"><span class="note"></span>
      <button class="retry">${word("retry")}</button></div>
      <button class="follow" hidden>${word("follow")}</button>
      <div class="live" role="status"></div></section>`;
    for (const element of root.querySelectorAll("[class]")) this[element.className] = element;
    for (const button of root.querySelectorAll("button")) {
      const request = button.className; // its name
      button.onclick = () => player[request]();
    }
    this.speed.onchange = () => (player.rate = Number(this.speed.value));
    this.sleep.onchange = () => (player.sleepMinutes = Number(this.sleep.value));
    this.bar.oninput = () => {
      this.#held = Number(this.bar.value);
      player.render();
    };
    this.bar.onchange = () => {
      this.#held = null;
      player.currentTime = Number(this.bar.value);
    };
  }

  draw({ sound, narration, title, busy, failure, message, sleepMinutes, astray }) {
    const { word } = this;
    const { playing, rate } = sound;
    const time = this.#held ?? sound.time;
    const duration = sound.duration ?? narration.article.duration;
    const span = Math.max(duration ?? narration.span, time, 0.1);
    const lang = word("lang");
    const note = message && word(message, sleepMinutes);
    const percent = (seconds) => `${((100 * seconds) / span).toFixed(2)}%`;
    const loaded = sound.loaded.map(([from, to]) =>
      `var(--line) 0 ${percent(from)},var(--loaded) 0 ${percent(to)},`).join("");
    const track = `linear-gradient(90deg,var(--accent) ${percent(time)},${loaded}var(--line) 0)`;
    if (this.track !== track) this.box.style.setProperty("--track", (this.track = track));
    set(this.box, { ariaLabel: `${word("region")}：${title}` });
    set(this.title, { textContent: message === "waiting" ? note : title || word("region") });
    set(this.time, {
      textContent: `${clock(time)} / ${duration === null ? "–:––" : clock(duration)}`,
    });
    set(this.bar, { max: String(span), disabled: !narration.article.id, ariaValueText: clock(time, lang) +
      (duration === null ? "" : word("of") + clock(duration, lang)) });
    if (this.#held === null) set(this.bar, { value: time.toFixed(1) });
    const label = word(playing ? "pause" : "play");
    set(this.toggle, { ariaLabel: label, title: label,
      className: `toggle${playing ? " on" : ""}${busy ? " busy" : ""}` });
    set(this.speed, { value: String(rate) });
    set(this.speed.previousElementSibling, { textContent: `${rate}×` });
    if (!sleepMinutes) set(this.sleep, { value: "0" });
    set(this.sleep.previousElementSibling,
      { innerHTML: sleepMinutes ? `${sleepMinutes}′` : svg("sleep") });
    set(this.download, { hidden: !narration.ready, href: narration.audioUrl,
      download: `${title || "audio"}.mp3` });
    set(this.follow, { hidden: !astray });
    set(this.note, { textContent: failure && note });
    set(this.retry, { hidden: !failure || failure === "missing" });
    set(this.bar, { hidden: Boolean(failure) });
    set(this.live, { textContent: note });
  }
}

class Player extends HTMLElement {
  static observedAttributes = ["article", "src"];
  #sound = new Sound();
  #narration;
  #text;
  #controls;
  #at = -1;
  /** `{time}` or `{index}` of a sentence, to go to as soon as it is spoken. */
  #wanted = null;
  #wantsPlay = false;
  #started = false;
  #restored = false;
  #follows = true;
  #ownScrollUntil = 0;
  #sleepAt = 0;
  #frame = 0;
  #lifetime;
  #others;

  get currentTime() { return this.#sound.time; }
  set currentTime(seconds) {
    if (!this.#sound.opened) this.#openSound();
    this.#want({ time: Math.max(0, Math.min(seconds, this.#sound.duration ?? seconds)) });
  }
  get duration() { return this.#sound.duration ?? this.#narration?.article.duration ?? NaN; }
  get paused() { return !this.#sound.playing; }
  get sentence() { return this.#narration?.heard[this.#at]?.index ?? -1; }
  get rate() { return this.#sound.rate; }
  set rate(rate) {
    this.#sound.rate = rate;
    remember((kept) => (kept.rate = rate));
  }

  connectedCallback() {
    const english = (this.closest("[lang]")?.lang ?? "").startsWith("en");
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

  attributeChangedCallback() {
    if (this.#narration && this.isConnected) this.#open();
  }

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

  back() { this.#skip(-SKIP_S); }
  forward() { this.#skip(SKIP_S); }
  previous() { this.#step(-1); }
  next() { this.#step(1); }

  goTo(index, plays = true) {
    this.#want({ index });
    if (plays) this.play();
  }

  /** Stop after the sentence that is read in so many minutes; 0 is never. */
  set sleepMinutes(minutes) {
    this.#sleepAt = minutes && Date.now() + minutes * 60_000;
    this.render();
  }

  follow() {
    this.#follows = true;
    this.#show(true);
    this.render();
  }

  /** Go on where it was; after a lost network, as soon as it is back. */
  async retry() {
    const { opened, time } = this.#sound;
    const [plays, index, { voice }] = [this.#wantsPlay, this.sentence, this.#narration.article];
    this.#sound.close();
    await this.#narration.retry();
    if (this.#failure === "network") {
      await wait(5000);
      if (this.#failure === "network" && this.isConnected) this.retry();
    }
    if (this.#failure) return;
    // Another voice has another timeline.
    if (opened) this.#wanted = voice === this.#narration.article.voice ? { time } : { index };
    if (opened || plays) this.#openSound();
    if (plays) this.play();
  }

  /** <audio> tells of a lost network only after minutes. */
  get #failure() {
    const { busy, failure } = this.#sound;
    return this.#narration?.failure || failure || (busy && !navigator.onLine && "network") || "";
  }

  render() {
    const [sound, narration, failure] = [this.#sound, this.#narration, this.#failure];
    if (!narration) return;
    const sleepMinutes = this.#sleepAt && Math.max(1, Math.ceil((this.#sleepAt - Date.now()) / 60_000));
    this.#controls.draw({
      sound,
      narration,
      title: this.getAttribute("headline") ?? narration.article.title,
      busy: sound.busy || (this.#wanted && this.#wantsPlay),
      failure,
      message: failure || (this.#wanted && sound.opened && "waiting") ||
        (sleepMinutes && "asleep") || (narration.making && "making") || "",
      sleepMinutes,
      astray: this.#text?.found && sound.playing && !this.#follows,
    });
  }

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
    if (changed || event === "pause" || event === "ended") this.#save();
    if (/^(play|pause|seeked|ratechange)$/.test(event)) this.#announce(event);
    this.render();
  }

  #skip(seconds) {
    const { live, loaded, time } = this.#sound;
    const end = live ? Math.max(time, (loaded.at(-1)?.[1] ?? 0) - 0.1) : Infinity;
    this.currentTime = Math.min(time + seconds, end);
  }

  /** After two seconds of a sentence, back is to its start. */
  #step(by) {
    const { heard } = this.#narration;
    const { time } = this.#sound;
    const at = this.#narration.at(time);
    const to = by < 0 && time - heard[at]?.start > 2 ? at : at + by;
    if (!heard.length) this.#skip(by * SKIP_S);
    else this.currentTime = heard[Math.max(0, Math.min(heard.length - 1, to))].start;
  }

  #want(place) {
    this.#wanted = place;
    this.#follows = true;
    this.#tick();
  }

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

  #open() {
    this.#narration?.close();
    this.#sound.close();
    this.#text?.highlight();
    this.#text = this.#wanted = null;
    this.#at = -1;
    this.#restored = this.#started = this.#wantsPlay = false;
    this.#sound.rate = remember().rate ?? 1;
    const [article, src] = [this.getAttribute("article"), this.getAttribute("src")];
    const url = article ? new URL(article, `${BASE}v1/articles/`) : new URL(src, document.baseURI);
    const narration = new Narration(url.href, () => narration === this.#narration && this.#learn());
    this.#narration = narration;
    this.render();
    if (article) narration.load();
    else narration.loadFile(this.getAttribute("captions"));
  }

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
    if (!narration?.article.id) return;
    if (narration.ready) return this.#sound.open(narration.audioUrl);
    this.#sound.follow(narration.audioUrl, () => wait(1000).then(() => this.retry()));
  }

  #bind() {
    const root = document.querySelector(this.getAttribute("for") ?? "_");
    this.#text = root && new PageText(root, this.#narration.sentences);
  }

  #restore() {
    this.#restored = true;
    const at = remember().at[this.#narration.url];
    const [{ type }] = performance.getEntriesByType("navigation");
    if (!(at && type === "reload") && this.#goToHash(false)) return;
    if (at > 3 && !(at > this.duration - 3)) this.currentTime = at;
  }

  /** `#s=12` is a sentence, for the first player of the page. */
  #goToHash(plays) {
    const [, index] = /[#&]s=(\d+)/.exec(location.hash) ?? [];
    if (!index || document.querySelector(this.localName) !== this) return false;
    if (!this.#sound.opened) this.#openSound();
    this.goTo(Number(index), plays);
    this.#show(true, Number(index));
    return true;
  }

  #save() {
    if (!this.#started) return;
    const { time, ended } = this.#sound;
    remember(({ at }) => {
      delete at[this.#narration.url];
      if (time && !ended) at[this.#narration.url] = time;
    });
  }

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

  /** Follow on only while the reader keeps the sentence in view. */
  #scrolled() {
    const rect = this.#text?.range(this.sentence)?.getBoundingClientRect();
    if (!rect || performance.now() < this.#ownScrollUntil) return;
    this.#follows = rect.bottom > 0 && rect.top < innerHeight;
    this.render();
  }

  #click(event) {
    const { ctrlKey, defaultPrevented, metaKey, shiftKey, target } = event;
    if (defaultPrevented || ctrlKey || metaKey || shiftKey || !getSelection().isCollapsed) return;
    if (!this.#text?.root.contains(target)) return;
    // The text of a page is no link until its reader has begun to listen.
    const link = target.closest("[data-sentence]");
    const index = link ? link.dataset.sentence : this.#started && this.#text.sentenceAt(event);
    if (!(index >= 0) || index === false) return;
    event.preventDefault();
    if (link) history.replaceState(null, "", `#s=${index}`);
    this.goTo(Number(index));
  }

  #key(event) {
    const { key, shiftKey } = event;
    const origin = event.composedPath()[0];
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    if (origin.matches("select") || ([" ", "Enter"].includes(key) && origin.matches("button"))) return;
    const slides = origin.matches("input");
    const request = {
      " ": "toggle",
      k: "toggle",
      j: "back",
      l: "forward",
      ArrowLeft: shiftKey ? "previous" : "back",
      ArrowRight: shiftKey ? "next" : "forward",
      ArrowDown: slides && "back",
      ArrowUp: slides && "forward",
    }[key.length > 1 ? key : key.toLowerCase()];
    if (!request) return;
    event.preventDefault();
    this[request]();
  }

  /** To other players, the lock screen and the headset. */
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
    const artwork =
      document.querySelector('meta[property="og:image"]')?.content ?? `${BASE}artwork.png`;
    session.metadata = new MediaMetadata({
      title: this.getAttribute("headline") ?? title,
      artist: byline || location.hostname,
      artwork: [{ src: new URL(artwork, document.baseURI).href }],
    });
    const requests = { play: "play", pause: "pause", seekbackward: "back", seekforward: "forward",
      previoustrack: "previous", nexttrack: "next" };
    for (const [action, request] of Object.entries(requests)) {
      session.setActionHandler(action, () => this[request]());
    }
    session.setActionHandler("seekto", ({ seekTime }) => (this.currentTime = seekTime));
  }
}

customElements.get("tingwen-player") ?? customElements.define("tingwen-player", Player);
