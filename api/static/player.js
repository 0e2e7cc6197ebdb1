// @ts-check
/**
 * <tingwen-player>: a newspaper's audio player. One file, no dependencies.
 *
 *   <tingwen-player article="ID" for="#story"></tingwen-player>
 *   <tingwen-player src="a.mp3" captions="a.vtt" headline="…"></tingwen-player>
 *
 * State flows one way: Sound (what <audio> says) and Narration (what the service says) are
 * read into one State, Controls draws it, and gestures come back as requests to the Player.
 * Attributes: article, src, captions, headline, for (CSS selector of the text), api, artwork,
 * theme (light | dark), lang. Themed by the custom properties --tingwen-*.
 */

/** Every word that the player shows or says, in Traditional Chinese. */
const ZH = {
  region: "新聞朗讀",
  listen: "聽新聞",
  play: "播放",
  pause: "暫停",
  position: "播放位置",
  back: "倒退 10 秒",
  forward: "快轉 10 秒",
  previous: "上一句",
  next: "下一句",
  speed: "播放速度",
  sleep: "睡眠定時",
  sleepOff: "關閉",
  /** @param {number} n */
  minutes: (n) => `${n} 分鐘後`,
  /** @param {number} n */
  sleepOn: (n) => `${n} 分鐘後，唸完那一句就停`,
  download: "下載 MP3",
  follow: "回到朗讀處",
  retry: "重試",
  loading: "載入中",
  making: "語音合成中",
  waiting: "這一句還在合成，好了就播",
  missing: "找不到這篇文章的語音",
  voiceFailed: "語音合成失敗",
  networkFailed: "連線中斷，無法繼續播放",
  soundFailed: "這個音檔無法播放",
  /** @param {string} at @param {string} total */
  of: (at, total) => `${at}，共 ${total}`,
  /** @param {number} h @param {number} m @param {number} s */
  duration: (h, m, s) => (h ? `${h} 小時 ` : "") + (h || m ? `${m} 分 ` : "") + `${s} 秒`,
};
/** @typedef {typeof ZH} Strings */

/** @type {Strings} */
const EN = {
  region: "Article audio",
  listen: "Listen to this article",
  play: "Play",
  pause: "Pause",
  position: "Position",
  back: "Back 10 seconds",
  forward: "Forward 10 seconds",
  previous: "Previous sentence",
  next: "Next sentence",
  speed: "Speed",
  sleep: "Sleep timer",
  sleepOff: "Off",
  minutes: (n) => `In ${n} minutes`,
  sleepOn: (n) => `Stops after the sentence that is read in ${n} minutes`,
  download: "Download MP3",
  follow: "Back to the sentence being read",
  retry: "Try again",
  loading: "Loading",
  making: "Being voiced",
  waiting: "This sentence is still being voiced; it plays as soon as it is",
  missing: "There is no audio of this article",
  voiceFailed: "The voice failed",
  networkFailed: "The connection is gone",
  soundFailed: "This audio cannot be played",
  of: (at, total) => `${at} of ${total}`,
  duration: (h, m, s) => (h ? `${h} h ` : "") + (h || m ? `${m} min ` : "") + `${s} s`,
};

/**
 * A sentence of the article; seconds are null until it is spoken. Paragraph −1 is the headline.
 * @typedef {{index: number, paragraph: number, text: string,
 *   start: number | null, end: number | null}} Sentence
 */
/** @typedef {"missing" | "voiceFailed" | "networkFailed" | "soundFailed"} Failure */
/**
 * All that is drawn.
 * @typedef {{
 *   title: string, playing: boolean, busy: boolean, time: number, duration: number | null,
 *   span: number, loaded: [number, number][], rate: number, ready: boolean, making: boolean,
 *   waiting: boolean, failure: Failure | null, detail: string, sleepMinutes: number | null,
 *   download: string, astray: boolean}} State
 */

const SPEEDS = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2];
const SLEEP_MINUTES = [5, 10, 20, 30, 60];
const SKIP_S = 10;

/** @param {number} seconds @returns {string} `0:07`, `3:42`, `1:02:03` */
function clock(seconds) {
  const [h, m, s] = hms(seconds);
  const two = (/** @type {number} */ n) => String(n).padStart(2, "0");
  return h ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** @param {number} seconds @returns {[number, number, number]} */
function hms(seconds) {
  const whole = Math.floor(Math.max(0, seconds) + 1e-6);
  return [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
}

/** @param {number} ms */
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** @param {EventTarget} target @param {string} type @param {AbortSignal} signal */
const once = (target, type, signal) =>
  new Promise((done, fail) => {
    target.addEventListener(type, done, { once: true, signal });
    signal.addEventListener("abort", fail, { once: true });
  });

/** What is remembered on this device: the speed, and where each article was left. */
const memory = {
  /** @returns {{rate?: number, at: Record<string, number>}} */
  read() {
    try {
      return { at: {}, ...JSON.parse(localStorage.getItem("tingwen") ?? "{}") };
    } catch {
      return { at: {} }; // storage is refused in some frames
    }
  },
  /** @param {(kept: {rate?: number, at: Record<string, number>}) => void} change */
  write(change) {
    const kept = this.read();
    change(kept);
    kept.at = Object.fromEntries(Object.entries(kept.at).slice(-50));
    try {
      localStorage.setItem("tingwen", JSON.stringify(kept));
    } catch {
      // nothing is remembered, everything else works
    }
  },
};

// ── Sound: one timeline over a stream that grows and the file that follows it ─────────────

const SOUND_EVENTS = ["play", "pause", "playing", "waiting", "seeking", "seeked", "timeupdate",
  "durationchange", "progress", "ratechange", "ended", "error", "loadeddata", "canplay"];
/** @type {typeof MediaSource | undefined} */
const Source = /** @type {any} */ (self).ManagedMediaSource ?? self.MediaSource;
const CAN_FEED = Boolean(Source?.isTypeSupported("audio/mpeg"));

/**
 * What is heard. A narration in the making is fed through MediaSource, so what has been
 * spoken can be sought in; when the finished file is there, it takes over in the pause
 * between two sentences. Fires `change` whenever the audio says something new.
 */
class Sound extends EventTarget {
  #audio = this.#element();
  /** The finished file, waiting for a pause. @type {HTMLAudioElement | null} */
  #next = null;
  #abort = new AbortController();
  #rate = 1;
  /** Where to go as soon as it is there, in seconds. @type {number | null} */
  wanted = null;
  /** Whether the sound is still being made. */
  live = false;
  /** @type {"networkFailed" | "soundFailed" | null} */
  failure = null;

  get time() { return this.#audio.currentTime; }
  get duration() { return Number.isFinite(this.#audio.duration) ? this.#audio.duration : null; }
  get playing() { return !this.#audio.paused && !this.#audio.ended; }
  get ended() { return this.#audio.ended; }
  get rate() { return this.#audio.playbackRate; }
  /** Wants to sound and cannot yet. */
  get busy() { return this.playing && (this.#audio.readyState < 3 || this.#audio.seeking); }
  get opened() { return this.#audio.hasAttribute("src"); }
  /** @returns {[number, number][]} */
  get loaded() {
    const ranges = this.#audio.buffered;
    return Array.from(ranges, (_, i) => [ranges.start(i), ranges.end(i)]);
  }
  /** How far one can go. */
  get reach() {
    return this.duration ?? this.loaded.at(-1)?.[1] ?? 0;
  }

  /** Play a finished file. @param {string} url @param {number} [at] seconds */
  open(url, at = 0) {
    this.#reset();
    this.#audio.src = url;
    if (at > 0) this.#audio.currentTime = at;
  }

  /**
   * Play what is still being made.
   * @param {string} url
   * @param {() => Promise<boolean>} isSame asked when the stream broke: is it still the same?
   */
  follow(url, isSame) {
    this.#reset();
    this.live = true;
    if (!Source || !CAN_FEED) {
      this.#audio.src = url;
      return;
    }
    const source = new Source();
    this.#audio.disableRemotePlayback = true; // ManagedMediaSource asks for it
    this.#audio.src = URL.createObjectURL(source);
    const { signal } = this.#abort;
    this.#feed(source, url, isSame, signal).catch(() => {
      if (!signal.aborted) this.#fail("networkFailed");
    });
  }

  /** The finished file is there: change to it in the next pause. @param {string} url */
  finish(url) {
    if (!this.live || this.#next) return;
    this.#next = this.#element();
    this.#next.src = url;
    this.#next.preload = "auto";
  }

  /**
   * Change to the finished file if this is the moment.
   * @param {{start: number, end: number} | null} pause the silence that comes next or is now
   */
  settle(pause) {
    const next = this.#next;
    if (!next || next.readyState < 1) return;
    if (!this.playing || this.wanted !== null) {
      this.#take(this.wanted ?? this.time);
    } else if (pause) {
      if (Math.abs(next.currentTime - pause.start) > 0.01) next.currentTime = pause.start;
      else if (this.time >= pause.start && this.time < pause.end - 0.04 && next.readyState > 2 &&
        !next.seeking) this.#take(pause.start);
    }
  }

  async play() {
    try {
      await this.#audio.play();
    } catch (error) {
      // Refused by the browser, or overtaken by another request: the audio says it is paused.
      if (!(error instanceof DOMException)) throw error;
    }
  }

  pause() { this.#audio.pause(); }

  /** @param {number} seconds */
  seek(seconds) {
    const at = Math.max(0, seconds);
    if (this.#next && this.#next.readyState > 0) this.#take(at);
    else if (!this.live || this.#canReach(at)) this.#audio.currentTime = Math.min(at, this.reach || at);
    else this.wanted = at;
  }

  /** @param {number} rate */
  setRate(rate) {
    this.#rate = rate;
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = rate;
  }

  close() {
    this.#reset();
  }

  #element() {
    const audio = new Audio();
    audio.preload = "metadata";
    audio.preservesPitch = true;
    for (const type of SOUND_EVENTS) {
      audio.addEventListener(type, () => {
        if (audio === this.#audio) this.#heard(type);
      });
    }
    return audio;
  }

  /** @param {string} type */
  #heard(type) {
    const { error } = this.#audio;
    if (type === "error" && error && this.opened) {
      const isNetwork = error.code === 2 || !navigator.onLine;
      this.#fail(isNetwork ? "networkFailed" : "soundFailed");
    }
    if (this.wanted !== null && this.#canReach(this.wanted)) {
      this.#audio.currentTime = this.wanted;
      this.wanted = null;
    }
    this.dispatchEvent(new Event("change"));
  }

  /** @param {number} at */
  #canReach(at) {
    const { seekable } = this.#audio;
    const buffered = this.loaded.some(([from, to]) => at >= from - 0.05 && at < to);
    return seekable.length > 0 && at <= seekable.end(seekable.length - 1) && (buffered || !this.live);
  }

  /** The finished file goes on at `at`; the stream falls silent when it does. @param {number} at */
  #take(at) {
    const [old, next] = [this.#audio, this.#next];
    if (!next) return;
    const wasPlaying = this.playing || (old.ended && this.wanted !== null);
    this.#next = null;
    this.live = false;
    this.wanted = null;
    if (Math.abs(next.currentTime - at) > 0.01) next.currentTime = at;
    next.defaultPlaybackRate = next.playbackRate = this.#rate;
    this.#audio = next;
    const drop = () => {
      this.#abort.abort();
      unload(old);
    };
    if (!wasPlaying) {
      drop();
    } else {
      next.play().then(drop, () => {
        // This element may not start by itself (iOS): the old one, which may, takes the file.
        this.#audio = old;
        this.#abort.abort();
        old.src = next.src;
        old.currentTime = at;
        unload(next);
        this.play();
      });
    }
    this.dispatchEvent(new Event("change"));
  }

  /**
   * @param {MediaSource} source @param {string} url @param {() => Promise<boolean>} isSame
   * @param {AbortSignal} signal
   */
  async #feed(source, url, isSame, signal) {
    await once(source, "sourceopen", signal);
    const buffer = source.addSourceBuffer("audio/mpeg");
    let fed = 0;
    for (let tries = 0; ; tries++) {
      try {
        const response = await fetch(url, { signal, cache: "no-store" });
        if (!response.ok || !response.body) throw new Error(String(response.status));
        // A length means the finished file, which differs in its first frames: settle() takes it.
        if (response.headers.has("content-length")) return;
        const reader = response.body.getReader();
        let skip = fed;
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
          const bytes = part.value.subarray(Math.min(skip, part.value.length));
          skip -= part.value.length - bytes.length;
          if (!bytes.length) continue;
          await this.#append(buffer, bytes, signal);
          fed += bytes.length;
          tries = 0;
        }
        source.endOfStream();
        return;
      } catch (error) {
        if (signal.aborted) return;
        if (tries > 5) throw error;
        await sleep(250 * 2 ** tries);
        if (!(await isSame()) || signal.aborted) return;
      }
    }
  }

  /** @param {SourceBuffer} buffer @param {Uint8Array<ArrayBuffer>} bytes @param {AbortSignal} signal */
  async #append(buffer, bytes, signal) {
    for (;;) {
      try {
        buffer.appendBuffer(bytes);
        await once(buffer, "updateend", signal);
        return;
      } catch (error) {
        // Half an hour ahead fills the browser's quota: room comes as the sound is played.
        if (!(error instanceof DOMException) || error.name !== "QuotaExceededError") throw error;
        await sleep(2000);
      }
    }
  }

  /** @param {"networkFailed" | "soundFailed"} failure */
  #fail(failure) {
    this.failure = failure;
    this.dispatchEvent(new Event("change"));
  }

  #reset() {
    this.#abort.abort();
    this.#abort = new AbortController();
    if (this.#next) unload(this.#next);
    this.#next = this.wanted = this.failure = null;
    this.live = false;
    if (this.opened) unload(this.#audio);
    this.#audio.defaultPlaybackRate = this.#audio.playbackRate = this.#rate;
  }
}

/** @param {HTMLAudioElement} audio */
function unload(audio) {
  audio.pause();
  if (audio.src.startsWith("blob:")) URL.revokeObjectURL(audio.src);
  audio.removeAttribute("src");
  audio.load();
}

// ── Narration: what the service says of an article ────────────────────────────────────────

/** Fires `change` when more of the article is known. */
class Narration extends EventTarget {
  title = "";
  byline = "";
  voice = "";
  audioUrl = "";
  /** @type {"loading" | "pending" | "speaking" | "ready" | "failed"} */
  status = "loading";
  /** @type {Failure | null} */
  failure = null;
  detail = "";
  /** @type {number | null} */
  duration = null;
  /** @type {Sentence[]} */
  sentences = [];
  /** Those that are heard, in order of time. @type {Sentence[]} */
  heard = [];
  /** @type {EventSource | null} */
  #events = null;

  /** @param {string} key under which the reader's place is remembered @param {string} url */
  constructor(key, url) {
    super();
    this.key = key;
    this.url = url;
  }

  /** Sound without a service: an MP3 and its WebVTT. @param {string} src @param {string} captions */
  static async ofFile(src, captions) {
    const narration = new Narration(src, "");
    narration.audioUrl = src;
    narration.status = "ready";
    if (captions) {
      const response = await fetch(captions).catch(() => null);
      if (response?.ok) narration.sentences = cues(await response.text());
    }
    narration.#sort();
    return narration;
  }

  /** Ask the service; goes on listening while the article is in the making. */
  async load() {
    try {
      const response = await fetch(this.url, { cache: "no-cache" });
      if (!response.ok) return this.#fail(response.status === 404 ? "missing" : "networkFailed");
      this.#accept(await response.json());
    } catch {
      this.#fail("networkFailed");
    }
  }

  /** Have a failed article spoken again, or ask again. */
  async retry() {
    if (this.failure === "voiceFailed") {
      const response = await fetch(`${this.url}/retry`, { method: "POST" }).catch(() => null);
      if (!response?.ok) return this.#fail("networkFailed");
    }
    await this.load();
  }

  /** The sentence that is heard at `time`, or was last. @param {number} time */
  at(time) {
    let [low, high] = [0, this.heard.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Number(this.heard[middle].start) <= time + 0.001) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  /** Seconds that the whole will take, as far as can be told from what is spoken. */
  get span() {
    if (this.duration !== null) return this.duration;
    const spoken = this.heard.at(-1)?.end ?? 0;
    const count = (/** @type {Sentence[]} */ list) => list.reduce((n, s) => n + s.text.length, 0);
    return spoken * (count(this.sentences) / (count(this.heard) || 1));
  }

  close() {
    this.#events?.close();
    this.#events = null;
  }

  /** @param {any} article the resource of /v1/articles */
  #accept(article) {
    this.title = article.title;
    this.byline = article.byline;
    this.voice = article.voice ?? "";
    this.audioUrl = new URL(article.audio_url, this.url).href;
    this.status = article.status;
    this.duration = article.duration;
    this.detail = article.problem?.detail ?? "";
    this.failure = article.status === "failed" ? "voiceFailed" : null;
    this.sentences = article.utterances;
    this.#sort();
    if (this.status === "pending" || this.status === "speaking") this.#listen();
    else this.close();
    this.dispatchEvent(new Event("change"));
  }

  #listen() {
    if (this.#events) return;
    const events = (this.#events = new EventSource(`${this.url}/events`));
    events.addEventListener("utterance", (event) => {
      /** @type {Sentence} */
      const spoken = JSON.parse(event.data);
      const known = this.sentences[spoken.index];
      if (!known || (known.start === spoken.start && known.end === spoken.end)) return;
      Object.assign(known, spoken);
      this.status = "speaking";
      const last = this.heard.at(-1);
      if (last && last.index >= spoken.index) this.#sort();
      else if (isHeard(known)) this.heard.push(known);
      this.dispatchEvent(new Event("change"));
    });
    const end = () => {
      this.close();
      this.load();
    };
    events.addEventListener("ready", end);
    events.addEventListener("failed", end);
    events.addEventListener("error", () => {
      if (events.readyState === EventSource.CLOSED) this.#fail("networkFailed");
    });
  }

  #sort() {
    this.heard = this.sentences.filter(isHeard);
  }

  /** @param {Failure} failure */
  #fail(failure) {
    this.close();
    this.failure = failure;
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {Sentence} sentence */
const isHeard = (sentence) => sentence.end !== null && sentence.end > Number(sentence.start);

/** The cues of a WebVTT file. @param {string} vtt @returns {Sentence[]} */
function cues(vtt) {
  const seconds = (/** @type {string} */ stamp) =>
    stamp.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
  const plain = (/** @type {string} */ markup) =>
    new DOMParser().parseFromString(markup, "text/html").body.textContent?.trim() ?? "";
  return [...vtt.matchAll(/^(?:(\d+)\r?\n)?([\d:.]+) --> ([\d:.]+).*\r?\n((?:.+\r?\n?)+)/gm)].map(
    ([, id, start, end, text], i) => ({
      index: id ? Number(id) : i, paragraph: 0, text: plain(text),
      start: seconds(start), end: seconds(end),
    }),
  );
}

// ── Text: the article on the page, found sentence by sentence, its markup left alone ──────

const HIGHLIGHT = "tingwen";
const highlights = "highlights" in CSS && typeof Highlight === "function" ? CSS.highlights : null;
const INVISIBLE = /[\s\u00ad\u200b-\u200f\u2060\ufeff]/;
const NOT_TEXT = "script,style,noscript,template,textarea,select,button,audio,video,svg,tingwen-player";

/** Sentences in an element: found by their letters, or marked with `data-sentence`. */
class PageText {
  /** Where each sentence stands: a range, made when it is asked for. @type {Map<number, () => Range>} */
  #ranges = new Map();
  /** Letters of the element without spaces, and the node and offset of each. */
  #letters = "";
  /** @type {Text[]} */ #nodes = [];
  /** @type {number[]} */ #nodeOf = [];
  /** @type {number[]} */ #offsets = [];
  /** First and last letter of each sentence found. @type {[number, number, number][]} */
  #spans = [];
  /** Boxes where the browser has no highlights. */
  #boxes = document.createElement("div");

  /** @param {Element} root @param {Sentence[]} sentences */
  constructor(root, sentences) {
    this.root = root;
    this.sentences = sentences;
    this.#boxes.style.cssText = "position:absolute;inset:0 auto auto 0;pointer-events:none";
    this.#boxes.ariaHidden = "true";
    const marked = root.querySelectorAll("[data-sentence]");
    for (const element of marked) {
      const index = Number(element.getAttribute("data-sentence"));
      this.#ranges.set(index, () => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range;
      });
    }
    if (!marked.length) this.#find();
  }

  /** Whether the page replaced its text since. */
  get isStale() {
    return this.#nodes.length > 0 && !this.#nodes[0].isConnected;
  }

  get size() { return this.#ranges.size; }

  /** @param {number | null} index the sentence to be seen, null for none */
  highlight(index) {
    const range = index === null ? undefined : this.range(index);
    if (highlights) {
      if (range) highlights.set(HIGHLIGHT, new Highlight(range));
      else highlights.delete(HIGHLIGHT);
      return;
    }
    const boxes = range ? Array.from(range.getClientRects(), (rect) => {
      const box = document.createElement("div");
      box.style.cssText = `position:absolute;left:${rect.left + scrollX}px;` +
        `top:${rect.top + scrollY}px;width:${rect.width}px;height:${rect.height}px;` +
        "background:var(--tingwen-highlight,#f5d76e);mix-blend-mode:multiply;opacity:.6";
      return box;
    }) : [];
    this.#boxes.replaceChildren(...boxes);
    if (boxes.length) document.body.append(this.#boxes);
    else this.#boxes.remove();
  }

  /** @param {number} index */
  range(index) { return this.#ranges.get(index)?.(); }

  /** The sentence under a click, null if there is none. @param {MouseEvent} event */
  sentenceAt(event) {
    const target = /** @type {Element} */ (event.target);
    const marked = target.closest("[data-sentence]");
    if (marked) return Number(marked.getAttribute("data-sentence"));
    if (target.closest("a,button,input,label,select,summary,[contenteditable]")) return null;
    const caret = caretAt(event.clientX, event.clientY);
    const node = this.#nodes.indexOf(/** @type {Text} */ (caret?.node));
    if (!caret || node < 0) return null;
    const letter = this.#nodeOf.findIndex((n, i) => n === node && this.#offsets[i] >= caret.offset - 1);
    const span = this.#spans.find(([, from, to]) => letter >= from && letter <= to);
    return span ? span[0] : null;
  }

  /**
   * Paragraph by paragraph, each after the one before: what stands between them (captions,
   * advertisements) is passed over. A sentence that is not there is not highlighted.
   */
  #find() {
    const walker = document.createTreeWalker(this.root, NodeFilter.SHOW_TEXT, (node) =>
      node.parentElement?.closest(NOT_TEXT) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = /** @type {Text} */ (node);
      const n = this.#nodes.push(text) - 1;
      for (let i = 0; i < text.data.length; i++) {
        if (INVISIBLE.test(text.data[i])) continue;
        this.#letters += text.data[i];
        this.#nodeOf.push(n);
        this.#offsets.push(i);
      }
    }
    let from = 0;
    for (const paragraph of Map.groupBy(this.sentences, (s) => s.paragraph).values()) {
      const whole = this.#letters.indexOf(letters(paragraph.map((s) => s.text).join("")), from);
      let at = whole;
      for (const { index, text } of paragraph) {
        const wanted = letters(text);
        if (whole < 0) at = wanted.length > 3 ? this.#letters.indexOf(wanted, from) : -1;
        if (at < 0 || !wanted) continue;
        this.#spans.push([index, at, at + wanted.length - 1]);
        const [first, last] = [at, at + wanted.length - 1];
        this.#ranges.set(index, () => this.#rangeOf(first, last));
        at = from = last + 1;
      }
    }
  }

  /** @param {number} first @param {number} last letters */
  #rangeOf(first, last) {
    const range = document.createRange();
    range.setStart(this.#nodes[this.#nodeOf[first]], this.#offsets[first]);
    range.setEnd(this.#nodes[this.#nodeOf[last]], this.#offsets[last] + 1);
    return range;
  }
}

/** @param {string} text */
const letters = (text) => text.replace(new RegExp(INVISIBLE, "g"), "");

/** @param {number} x @param {number} y @returns {{node: Node, offset: number} | null} */
function caretAt(x, y) {
  if (document.caretPositionFromPoint) {
    const caret = document.caretPositionFromPoint(x, y);
    return caret && { node: caret.offsetNode, offset: caret.offset };
  }
  const range = document.caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}

// ── Controls: draws a State, sends requests ───────────────────────────────────────────────

const PAGE_SHEET = new CSSStyleSheet();
PAGE_SHEET.replaceSync(`::highlight(${HIGHLIGHT}) {
  background-color: var(--tingwen-highlight, light-dark(#fbe9b0, #574917));
}`);

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host {
  --ink: var(--tingwen-ink, light-dark(#1c1b19, #eceae5));
  --soft: var(--tingwen-soft, light-dark(#5f5b55, #a9a49b));
  --paper: var(--tingwen-paper, light-dark(#fff, #1e1d1b));
  --line: var(--tingwen-line, light-dark(#dedad2, #46433d));
  --loaded: var(--tingwen-loaded, light-dark(#b3aea5, #736e65));
  --accent: var(--tingwen-accent, light-dark(#a3281f, #ff9384));
  --on-accent: var(--tingwen-on-accent, light-dark(#fff, #1e1d1b));
  display: block; container-type: inline-size; color: var(--ink);
  font: 15px/1.4 var(--tingwen-font, system-ui, "PingFang TC", "Noto Sans TC", "Noto Sans CJK TC",
    "Microsoft JhengHei", sans-serif);
}
:host([theme=light]) { color-scheme: light }
:host([theme=dark]) { color-scheme: dark }
:host([hidden]) { display: none }
* { box-sizing: border-box }
[hidden] { display: none !important }
section {
  position: relative; display: grid; align-items: center; gap: 4px 4px; padding: 10px 12px 8px;
  grid: "title time" "seek seek" "keys keys" / 1fr auto;
  background: var(--paper); border: 1px solid var(--line);
  border-radius: var(--tingwen-radius, 12px);
}
.title {
  grid-area: title; overflow: hidden; white-space: nowrap; text-overflow: ellipsis;
  font-weight: 600;
}
.time { grid-area: time; color: var(--soft); font-size: 13px; font-variant-numeric: tabular-nums }
.seek { grid-area: seek }
.keys { grid-area: keys; display: flex; align-items: center; justify-content: space-between }
.note {
  grid-area: seek; display: flex; align-items: center; gap: 12px; min-height: 28px;
  font-size: 14px;
}
.note button {
  width: auto; height: 30px; padding: 0 14px; border: 1px solid; color: var(--accent);
  font-weight: 600;
}
button, .pick, a {
  position: relative; flex: none; display: grid; place-items: center; width: 40px; height: 40px;
  padding: 0; border: 0; border-radius: 20px; background: none; color: inherit; font: inherit;
  cursor: pointer; -webkit-tap-highlight-color: transparent; touch-action: manipulation;
}
.pick { font-size: 14px; font-weight: 600; font-variant-numeric: tabular-nums }
select { position: absolute; inset: 0; opacity: 0; cursor: pointer; font: 16px system-ui }
svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.7;
  stroke-linecap: round; stroke-linejoin: round }
svg text { fill: currentColor; stroke: none; font: 700 8px system-ui; text-anchor: middle }
.play { width: 48px; height: 48px; border-radius: 24px; background: var(--accent);
  color: var(--on-accent) }
.play svg { fill: currentColor }
.busy::after {
  content: ""; position: absolute; inset: -4px; border: 2px solid var(--accent);
  border-top-color: transparent; border-radius: 50%; animation: turn 1s linear infinite;
}
@keyframes turn { to { transform: rotate(1turn) } }
:focus-visible, .pick:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px }
@media (hover: hover) { button:hover, .pick:hover, a:hover { color: var(--accent) }
  .play:hover { color: var(--on-accent); filter: brightness(1.08) } }
input {
  display: block; width: 100%; height: 28px; margin: 0; background: none; cursor: pointer;
  appearance: none; touch-action: none;
}
input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px; background: var(--track) }
input::-moz-range-track { height: 4px; border-radius: 2px; background: var(--track) }
input::-webkit-slider-thumb { appearance: none; width: 14px; height: 14px; margin-top: -5px;
  border: 0; border-radius: 50%; background: var(--accent) }
input::-moz-range-thumb { width: 14px; height: 14px; border: 0; border-radius: 50%;
  background: var(--accent) }
.astray {
  position: absolute; bottom: calc(100% + 10px); left: 50%; translate: -50%; width: auto;
  height: 36px; padding: 0 16px; background: var(--ink); color: var(--paper); font-size: 14px;
}
.live { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
@container (width >= 560px) {
  section { grid: "play title keys" "play seek time" / auto 1fr auto; gap: 0 14px;
    padding: 10px 16px 10px 12px }
  .play { grid-area: play; width: 56px; height: 56px; border-radius: 28px }
  .keys { justify-content: end; margin-right: -8px }
  .time { min-width: 92px; text-align: end }
  .title { align-self: end }
}
@media (prefers-reduced-motion: reduce) { .busy::after { animation: none; border-style: dotted } }
@media (forced-colors: active) { section, .play { border: 1px solid }
  input { appearance: auto } }
@supports not (color: light-dark(#000, #fff)) {
  :host { --ink: #1c1b19; --soft: #5f5b55; --paper: #fff; --line: #dedad2; --loaded: #b3aea5;
    --accent: #a3281f; --on-accent: #fff }
}`);

const ICON = {
  play: '<path d="M8 5.5v13l10.5-6.5z"/>',
  pause: '<path d="M8 6v12M16 6v12" stroke-width="3.4"/>',
  back: '<path d="M5 4v4h4M5.4 8A8 8 0 1 1 4 12.5"/><text x="12" y="15.4">10</text>',
  forward: '<path d="M19 4v4h-4M18.6 8A8 8 0 1 0 20 12.5"/><text x="12" y="15.4">10</text>',
  previous: '<path d="M7 6v12M18 6.5v11L10 12z"/>',
  next: '<path d="M17 6v12M6 6.5v11l8-5.5z"/>',
  sleep: '<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>',
  download: '<path d="M12 4v11M7.5 11l4.500 4.500 4.500-4.500M5 19.500h14"/>',
};
/** @param {string} paths */
const svg = (paths) => `<svg viewBox="0 0 24 24" aria-hidden="true">${paths}</svg>`;

/** The shadow tree. It holds no state but what it last drew. */
class Controls {
  /** Where the thumb is held, null if it is not. @type {number | null} */
  #held = null;

  /** @param {ShadowRoot} root @param {Player} player @param {Strings} strings */
  constructor(root, player, strings) {
    this.player = player;
    this.strings = strings;
    const option = (/** @type {unknown} */ value, /** @type {unknown} */ text) =>
      `<option value="${value}">${text}</option>`;
    const key = (/** @type {keyof typeof ICON & keyof Strings} */ name) =>
      `<button class="${name}" aria-label="${strings[name]}" title="${strings[name]}">` +
      `${svg(ICON[name])}</button>`;
    root.adoptedStyleSheets = [SHEET];
    root.innerHTML = `<section aria-label="${strings.region}">
<button class="astray" hidden>${strings.follow}</button>
<div class="title"></div><div class="time"></div>
<div class="seek"><input type="range" min="0" step="0.1" value="0" aria-label="${strings.position}"></div>
<div class="note" hidden><span></span><button class="retry">${strings.retry}</button></div>
<div class="keys">
<label class="pick" title="${strings.speed}"><span aria-hidden="true"></span>
<select class="speed" aria-label="${strings.speed}">${SPEEDS.map((n) => option(n, `${n}×`)).join("")}</select></label>
${key("previous")}${key("back")}${key("play")}${key("forward")}${key("next")}
<label class="pick" title="${strings.sleep}"><span aria-hidden="true"></span>
<select class="sleep" aria-label="${strings.sleep}">${option("", strings.sleepOff)}${
  SLEEP_MINUTES.map((n) => option(n, strings.minutes(n))).join("")}</select></label>
<a class="download" aria-label="${strings.download}" title="${strings.download}">${svg(ICON.download)}</a>
</div><div class="live" role="status"></div></section>`;
    /** @param {string} selector @returns {any} */
    const find = (selector) => root.querySelector(selector);
    this.section = find("section");
    this.title = find(".title");
    this.time = find(".time");
    this.range = find("input");
    this.seek = find(".seek");
    this.note = find(".note");
    this.noteText = find(".note span");
    this.retry = find(".retry");
    this.play = find(".play");
    this.speed = find(".speed");
    this.speedText = this.speed.previousElementSibling;
    this.sleep = find(".sleep");
    this.sleepText = this.sleep.previousElementSibling;
    this.download = find(".download");
    this.astray = find(".astray");
    this.live = find(".live");
    /** @type {[string, () => void][]} */
    const clicks = [[".play", () => player.toggle()], [".back", () => player.skip(-SKIP_S)],
      [".forward", () => player.skip(SKIP_S)], [".previous", () => player.step(-1)],
      [".next", () => player.step(1)], [".retry", () => player.retry()],
      [".astray", () => player.follow()]];
    for (const [selector, request] of clicks) find(selector).onclick = request;
    this.speed.onchange = () => player.setRate(Number(this.speed.value));
    this.sleep.onchange = () => player.setSleep(Number(this.sleep.value) || null);
    this.range.oninput = () => {
      this.#held = Number(this.range.value);
      player.render();
    };
    this.range.onchange = () => {
      this.#held = null;
      player.seek(Number(this.range.value));
    };
  }

  /** @param {State} state */
  draw(state) {
    const { strings } = this;
    const time = this.#held ?? state.time;
    const span = Math.max(state.span, state.time, 0.1);
    const total = state.duration === null ? "–:––" : clock(state.duration);
    const spoken = (/** @type {number} */ s) => strings.duration(...hms(s));
    set(this.title, "textContent", state.title || strings.listen);
    set(this.section, "ariaLabel", `${strings.region}：${state.title}`);
    set(this.time, "textContent", `${clock(time)} / ${total}`);
    set(this.range, "max", String(span));
    if (this.#held === null) set(this.range, "value", String(Math.round(time * 10) / 10));
    set(this.range, "disabled", !state.ready);
    set(this.range, "ariaValueText",
      state.duration === null ? spoken(time) : strings.of(spoken(time), spoken(state.duration)));
    const percent = (/** @type {number} */ s) => `${((100 * s) / span).toFixed(2)}%`;
    const loaded = state.loaded.map(([from, to]) =>
      `var(--line) 0 ${percent(from)},var(--loaded) 0 ${percent(to)}`).join();
    const track = `linear-gradient(90deg,var(--accent) 0 ${percent(time)},${loaded && `${loaded},`}` +
      "var(--line) 0)";
    if (this.range.dataset.track !== track) {
      this.range.dataset.track = track;
      this.range.style.setProperty("--track", track);
    }
    const label = state.playing ? "pause" : "play";
    set(this.play, "ariaLabel", strings[label]);
    set(this.play, "title", strings[label]);
    set(this.play, "innerHTML", svg(ICON[label]));
    set(this.play, "className", `play${state.busy ? " busy" : ""}`);
    set(this.speed, "value", String(state.rate));
    set(this.speedText, "textContent", `${state.rate}×`);
    set(this.sleep, "value", String(state.sleepMinutes ?? ""));
    set(this.sleepText, "innerHTML", state.sleepMinutes ? `${state.sleepMinutes}′` : svg(ICON.sleep));
    set(this.download, "hidden", !state.download);
    if (state.download) set(this.download, "href", state.download);
    set(this.download, "download", `${state.title || "audio"}.mp3`);
    set(this.astray, "hidden", !state.astray);
    const message = this.#message(state);
    set(this.note, "hidden", !state.failure);
    set(this.seek, "hidden", Boolean(state.failure));
    set(this.retry, "hidden", state.failure === "missing");
    set(this.noteText, "textContent", message);
    set(this.noteText, "title", state.detail);
    set(this.live, "textContent", message);
  }

  /** @param {State} state */
  #message(state) {
    const { strings } = this;
    if (state.failure) return strings[state.failure];
    if (state.waiting) return strings.waiting;
    if (state.sleepMinutes) return strings.sleepOn(state.sleepMinutes);
    if (!state.ready) return strings.loading;
    return state.making ? strings.making : "";
  }
}

/** The page is touched only where something changed. @param {any} on @param {string} name @param {unknown} value */
function set(on, name, value) {
  on[DRAWN] ??= {};
  if (on[DRAWN][name] === value && (name === "innerHTML" || on[name] === value)) return;
  on[DRAWN][name] = value;
  on[name] = value;
}
const DRAWN = Symbol("drawn");

// ── The element: gathers the state, does what is asked ────────────────────────────────────

const BASE = new URL(".", import.meta.url);

class Player extends HTMLElement {
  static observedAttributes = ["article", "src", "for"];

  #sound = new Sound();
  /** @type {Narration | null} */
  #narration = null;
  /** @type {PageText | null} */
  #text = null;
  /** @type {Controls | null} */
  #controls = null;
  /** The sentence highlighted, as a position in `heard`. */
  #current = -1;
  /** The sentence to go to as soon as it is spoken. @type {number | null} */
  #wanted = null;
  #wantsPlay = false;
  #started = false;
  #follows = true;
  #ownScrollUntil = 0;
  /** @type {{minutes: number, until: number} | null} */
  #sleep = null;
  #savedAt = 0;
  #lifetime = new AbortController();
  /** @type {BroadcastChannel | null} */
  #others = null;

  /** @returns {number} seconds */
  get currentTime() { return this.#sound.time; }
  set currentTime(seconds) { this.seek(seconds); }
  get duration() { return this.#sound.duration ?? this.#narration?.duration ?? NaN; }
  get paused() { return !this.#sound.playing; }
  /** Index of the sentence being read, −1 before the first. */
  get sentence() { return this.#narration?.heard[this.#current]?.index ?? -1; }

  connectedCallback() {
    const root = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    const lang = this.lang || this.closest("[lang]")?.getAttribute("lang") || "zh";
    this.#controls = new Controls(root, this, lang.startsWith("en") ? EN : ZH);
    if (!document.adoptedStyleSheets.includes(PAGE_SHEET)) document.adoptedStyleSheets.push(PAGE_SHEET);
    this.#lifetime = new AbortController();
    const { signal } = this.#lifetime;
    const on = (/** @type {EventTarget} */ target, /** @type {string[]} */ types,
      /** @type {(event: any) => void} */ act) =>
      types.forEach((type) => target.addEventListener(type, act, { signal, passive: type !== "keydown" && type !== "click" }));
    on(this.#sound, ["change"], () => this.#tick());
    on(this, ["keydown"], (event) => this.#key(event));
    on(document, ["click"], (event) => this.#click(event));
    on(document, ["keydown"], (event) => {
      if (this.#text?.root.contains(event.target)) this.#key(event);
    });
    on(window, ["hashchange"], () => this.#goToHash(true));
    on(window, ["pagehide"], () => this.#save());
    on(window, ["online"], () => this.#sound.failure === "networkFailed" && this.retry());
    on(window, ["wheel", "touchmove"], () => (this.#ownScrollUntil = 0));
    on(window, ["scroll"], () => this.#scrolled());
    this.#others = new BroadcastChannel("tingwen");
    this.#others.onmessage = () => this.#sound.pause();
    this.#open();
  }

  disconnectedCallback() {
    this.#save();
    this.#lifetime.abort();
    this.#others?.close();
    this.#text?.highlight(null);
    this.#narration?.close();
    this.#sound.close();
  }

  /** @param {string} _name @param {string | null} before @param {string | null} now */
  attributeChangedCallback(_name, before, now) {
    if (this.#controls && this.isConnected && before !== now) this.#open();
  }

  // Requests

  toggle() {
    if (this.#sound.playing || this.#wantsPlay) this.pause();
    else this.play();
  }

  play() {
    this.#started = true;
    this.#wantsPlay = true;
    this.#follows = true;
    if (this.#sound.failure) return void this.retry();
    if (!this.#sound.opened) this.#openSound();
    if (this.#sound.ended && this.#wanted === null) this.#sound.seek(0);
    return this.#sound.play().then(() => this.#tick());
  }

  pause() {
    this.#wantsPlay = false;
    this.#sound.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.#wanted = null;
    this.#follows = true;
    if (!this.#sound.opened) this.#openSound();
    this.#sound.seek(seconds);
    this.#tick();
  }

  /** @param {number} seconds */
  skip(seconds) {
    const { time } = this.#sound;
    const end = this.#sound.duration ?? this.#sound.reach;
    this.seek(Math.max(0, end ? Math.min(time + seconds, end) : time + seconds));
  }

  /** Sentences on or back; back within two seconds of a sentence is the one before. @param {1 | -1} by */
  step(by) {
    const heard = this.#narration?.heard ?? [];
    const { time } = this.#sound;
    const at = this.#narration?.at(time) ?? -1;
    if (!heard.length) return this.skip(by * SKIP_S);
    const restarts = by < 0 && at >= 0 && time - Number(heard[at].start) > 2;
    this.seek(Number(heard[Math.max(0, Math.min(heard.length - 1, restarts ? at : at + by))].start));
  }

  /** Hear a sentence; if it is not spoken yet, as soon as it is. @param {number} index @param {boolean} [plays] */
  goTo(index, plays = true) {
    const heard = this.#narration?.heard ?? [];
    const sentence = heard.find((s) => s.index >= index);
    if (sentence) this.seek(Number(sentence.start));
    else this.#wanted = index;
    if (plays) this.play();
    this.#tick();
  }

  /** @param {number} rate */
  setRate(rate) {
    this.#sound.setRate(rate);
    memory.write((kept) => (kept.rate = rate));
    this.render();
  }

  /** Stop at the end of the sentence that is read in so many minutes. @param {number | null} minutes */
  setSleep(minutes) {
    this.#sleep = minutes ? { minutes, until: Date.now() + minutes * 60_000 } : null;
    this.render();
  }

  /** Keep the sentence in view again. */
  follow() {
    this.#follows = true;
    this.#show(true);
    this.render();
  }

  async retry() {
    const { time, failure } = this.#sound;
    const plays = this.#wantsPlay || Boolean(failure && this.#started);
    await this.#narration?.retry();
    if (this.#narration?.failure) return;
    this.#openSound(time);
    if (plays) await this.play();
  }

  // State

  render() {
    const [sound, narration] = [this.#sound, this.#narration];
    this.#controls?.draw({
      title: this.getAttribute("headline") ?? narration?.title ?? "",
      playing: sound.playing,
      busy: sound.busy || (this.#wanted !== null && this.#wantsPlay),
      time: sound.time,
      duration: sound.duration ?? narration?.duration ?? null,
      span: sound.duration ?? narration?.span ?? 0,
      loaded: sound.loaded,
      rate: sound.rate,
      ready: Boolean(narration && narration.status !== "loading"),
      making: narration?.status === "speaking" || narration?.status === "pending",
      waiting: this.#wanted !== null || sound.wanted !== null,
      failure: narration?.failure ?? sound.failure,
      detail: narration?.detail ?? "",
      sleepMinutes: this.#sleep && Math.max(1, Math.ceil((this.#sleep.until - Date.now()) / 60_000)),
      download: narration?.status === "ready" ? narration.audioUrl : "",
      astray: Boolean(this.#text?.size && sound.playing && !this.#follows),
    });
  }

  /** What follows from what the audio says now; while it plays, at every frame. */
  #tick() {
    const [sound, narration] = [this.#sound, this.#narration];
    if (!narration) return this.render();
    const at = this.#started || sound.time > 0 ? narration.at(sound.time) : -1;
    const changed = at !== this.#current;
    this.#current = at;
    if (changed) {
      this.#show();
      this.dispatchEvent(new CustomEvent("sentencechange", { detail: { index: this.sentence } }));
    }
    if (this.#sleep && Date.now() >= this.#sleep.until && (changed || !sound.playing)) {
      this.#sleep = null;
      this.pause();
    }
    const [here, next] = [narration.heard[Math.max(0, at)], narration.heard[at + 1]];
    sound.settle(here && next ? { start: Number(here.end), end: Number(next.start) } : null);
    if (sound.playing && !this.#looping) this.#loop();
    if (Date.now() - this.#savedAt > 5000 || !sound.playing) this.#save();
    this.#announce();
    this.render();
  }

  #looping = false;
  #loop() {
    this.#looping = true;
    requestAnimationFrame(() => {
      this.#looping = false;
      if (this.#sound.playing) this.#tick();
    });
  }

  // Opening

  async #open() {
    this.#narration?.close();
    this.#sound.close();
    this.#text?.highlight(null);
    this.#text = null;
    this.#current = -1;
    this.#sound.setRate(memory.read().rate ?? 1);
    const [article, src] = [this.getAttribute("article"), this.getAttribute("src")];
    if (article) {
      const api = new URL(this.getAttribute("api") ?? BASE, document.baseURI);
      const narration = new Narration(article, new URL(`v1/articles/${article}`, api).href);
      this.#narration = narration;
      narration.addEventListener("change", () => this.#learn(narration));
      this.render();
      await narration.load();
    } else if (src) {
      const url = new URL(src, document.baseURI).href;
      const narration = await Narration.ofFile(url, this.getAttribute("captions") ?? "");
      this.#narration = narration;
      this.#learn(narration);
    }
  }

  /** More of the article is known. @param {Narration} narration */
  #learn(narration) {
    if (narration !== this.#narration) return;
    if (narration.sentences.length && (!this.#text || this.#text.isStale)) this.#bindText();
    if (narration.status === "ready") {
      if (this.#sound.live) this.#sound.finish(narration.audioUrl);
      else if (!this.#sound.opened) this.#openSound();
    }
    if (this.#savedAt === 0 && narration.heard.length) {
      this.#savedAt = 1;
      this.#restore(narration);
    }
    if (this.#wanted !== null) {
      const sentence = narration.heard.find((s) => s.index >= Number(this.#wanted));
      if (sentence) this.seek(Number(sentence.start));
    }
    this.#tick();
  }

  /** @param {number} [at] seconds */
  #openSound(at = 0) {
    const narration = this.#narration;
    if (!narration?.audioUrl) return;
    if (narration.status === "ready") return this.#sound.open(narration.audioUrl, at);
    const { voice } = narration;
    this.#sound.follow(narration.audioUrl, async () => {
      await narration.load();
      if (narration.voice === voice || !voice) return !narration.failure;
      // Another voice began the article anew.
      this.#wanted = this.sentence;
      this.#openSound();
      if (this.#wantsPlay) this.play();
      return false;
    });
    if (at > 0) this.#sound.seek(at);
  }

  #bindText() {
    const selector = this.getAttribute("for");
    const root = selector ? document.querySelector(selector) : null;
    this.#text = root && this.#narration ? new PageText(root, this.#narration.sentences) : null;
  }

  /** @param {Narration} narration */
  #restore(narration) {
    if (this.#goToHash(false)) return;
    const at = memory.read().at[narration.key];
    if (at > 3 && at < (narration.duration ?? Infinity) - 3) this.seek(at);
  }

  /** Deep links: `#s=12` is the sentence with that index. @param {boolean} plays */
  #goToHash(plays) {
    const found = /[#&]s=(\d+)/.exec(location.hash);
    if (!found || document.querySelector("tingwen-player") !== this) return false;
    this.goTo(Number(found[1]), plays && this.#started);
    this.#show(true);
    return true;
  }

  #save() {
    const [sound, narration] = [this.#sound, this.#narration];
    if (!narration || !this.#started) return;
    this.#savedAt = Date.now();
    memory.write((kept) => {
      delete kept.at[narration.key];
      if (!sound.ended && sound.time > 0) kept.at[narration.key] = Math.round(sound.time * 10) / 10;
    });
  }

  // The page around

  /** @param {boolean} [scrolls] whatever the reader did */
  #show(scrolls = false) {
    if (this.#text?.isStale) this.#bindText();
    const index = this.sentence;
    this.#text?.highlight(index < 0 ? null : index);
    const rect = this.#text?.range(index)?.getBoundingClientRect();
    if (!rect || !(scrolls || (this.#follows && this.#sound.playing))) return;
    if (rect.top > innerHeight * 0.12 && rect.bottom < innerHeight * 0.68) return;
    this.#ownScrollUntil = performance.now() + 1000;
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    scrollBy({ top: rect.top - innerHeight * 0.3, behavior: calm ? "instant" : "smooth" });
  }

  /** The reader scrolled: follow on only while the sentence is in view. */
  #scrolled() {
    if (performance.now() < this.#ownScrollUntil) return;
    const rect = this.#text?.range(this.sentence)?.getBoundingClientRect();
    if (!rect) return;
    this.#follows = rect.bottom > 0 && rect.top < innerHeight;
    this.render();
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const text = this.#text;
    const target = /** @type {Element} */ (event.target);
    if (!text?.root.contains(target) || !getSelection()?.isCollapsed) return;
    const index = text.sentenceAt(event);
    // On a publisher's page a click means nothing until the reader has chosen to listen.
    if (index === null || (!this.#started && !target.closest("[data-sentence]"))) return;
    event.preventDefault();
    if (target.closest("[data-sentence]")) history.replaceState(null, "", `#s=${index}`);
    this.goTo(index);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey) return;
    const origin = /** @type {Element} */ (event.composedPath()[0]);
    if (origin.matches("select")) return;
    const pressesKey = (event.key === " " || event.key === "Enter") && origin.matches("button,a");
    if (pressesKey && (event.key === "Enter" || origin.matches("button"))) return;
    const [duration, one] = [this.#sound.duration, event.shiftKey];
    /** @type {Record<string, () => unknown>} */
    const keys = {
      " ": () => this.toggle(),
      k: () => this.toggle(),
      j: () => this.skip(-SKIP_S),
      l: () => this.skip(SKIP_S),
      ArrowLeft: () => (one ? this.step(-1) : this.skip(-SKIP_S)),
      ArrowRight: () => (one ? this.step(1) : this.skip(SKIP_S)),
      ...(origin.matches("input") && {
        ArrowUp: () => this.skip(SKIP_S),
        ArrowDown: () => this.skip(-SKIP_S),
        PageUp: () => this.step(1),
        PageDown: () => this.step(-1),
        Home: () => this.seek(0),
        End: () => duration && this.seek(duration),
      }),
    };
    const request = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!request) return;
    event.preventDefault();
    request();
  }

  // The device

  #announced = "";
  /** Tell the lock screen and the headset; hush the other players of this browser. */
  #announce() {
    const [sound, narration] = [this.#sound, this.#narration];
    if (!this.#started || !narration) return;
    const now = `${narration.url}${sound.playing}`;
    const { mediaSession } = navigator;
    if (sound.playing && now !== this.#announced) {
      this.#others?.postMessage("playing");
      if (mediaSession) this.#takeSession(mediaSession, narration);
    }
    this.#announced = now;
    if (!mediaSession || !sound.duration) return;
    mediaSession.setPositionState({ duration: sound.duration, playbackRate: sound.rate,
      position: Math.min(sound.time, sound.duration) });
  }

  /** @param {MediaSession} session @param {Narration} narration */
  #takeSession(session, narration) {
    const artwork = this.getAttribute("artwork") ??
      document.querySelector('meta[property="og:image"]')?.getAttribute("content") ??
      new URL("artwork.png", BASE).href;
    session.metadata = new MediaMetadata({
      title: this.getAttribute("headline") ?? narration.title,
      artist: narration.byline || location.hostname,
      artwork: [{ src: new URL(artwork, document.baseURI).href, sizes: "512x512" }],
    });
    /** @type {Record<string, (details: MediaSessionActionDetails) => unknown>} */
    const actions = {
      play: () => this.play(),
      pause: () => this.pause(),
      seekbackward: (details) => this.skip(-(details.seekOffset ?? SKIP_S)),
      seekforward: (details) => this.skip(details.seekOffset ?? SKIP_S),
      seekto: (details) => this.seek(details.seekTime ?? 0),
      previoustrack: () => this.step(-1),
      nexttrack: () => this.step(1),
    };
    for (const [action, act] of Object.entries(actions)) {
      try {
        session.setActionHandler(/** @type {MediaSessionAction} */ (action), act);
      } catch {
        // an action that this browser does not know
      }
    }
  }
}

if (!customElements.get("tingwen-player")) customElements.define("tingwen-player", Player);
