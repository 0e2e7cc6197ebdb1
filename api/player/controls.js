/** The player's controls: they draw the state that they are given, and ask for what is pressed. */
import { clock, clockInWords } from "./clock.js";
import { build } from "./controls_markup.js";
import { update } from "./dom.js";
import { icon } from "./icons.js";

/** @typedef {import("./words.js").WordName} WordName */

/**
 * What is shown; times are in seconds.
 * @typedef {object} View
 * @property {string} title
 * @property {number} time
 * @property {number | null} duration  null while nobody knows
 * @property {number} expectedDuration  a guess, while nobody knows
 * @property {[from: number, to: number][]} loaded  stretches that are here
 * @property {number | null} wantedTime  that is waited for, null if none is
 * @property {string} made  how many of how many sentences, "" if it is not being made
 * @property {number} rate
 * @property {boolean} isPlaying
 * @property {boolean} isBusy  whether what is to be heard is waited for
 * @property {boolean} isKnown  whether the service has told of the narration
 * @property {boolean} isAstray  whether the reader has scrolled away from what is read
 * @property {WordName | ""} message
 * @property {import("./words.js").Failure | ""} failure
 * @property {number} sleepMinutes  0 if the timer is not set, −1 if it waits for the end
 * @property {boolean} canCast  whether there is another device to play on
 * @property {string} downloadUrl  "" while there is no file
 */

/** @typedef {"toggle" | "back" | "forward" | "previous" | "next" | "follow" | "retry" | "share"
 *   | "cast"} Request */

/**
 * Who does what is asked for.
 * @typedef {object} Requests
 * @property {(name: Request) => void} press
 * @property {(time_s: number) => void} seek
 * @property {(rate: number) => void} setRate
 * @property {(minutes: number) => void} setSleep
 * @property {() => void} redraw
 */

/** Title in place of which a message stands while nothing else is heard. */
const LOUD = new Set(["waiting", "slow", "restarted"]);
const MINUTE_S = 60;
/** What is estimated is not said to the second. */
const ESTIMATE_STEP_S = 10;
const TOLD_MS = 2000;
/** A bar of no length has no place for its thumb. */
const SHORTEST_BAR_S = 0.1;

export class Controls {
  #parts;
  #translate;
  #language;
  #requests;
  /** Seconds where the thumb is held, null if it is not. @type {number | null} */
  #held = null;
  #track = "";
  #time = 0;
  /** Share of the bar that was heard when it was drawn last. */
  #share = 0;
  #sleepShown = -1;

  /**
   * @param {ShadowRoot} root
   * @param {Requests} requests
   * @param {import("./words.js").Translate<WordName>} translate
   * @param {import("./words.js").Language} language
   * @param {string[]} hidden  names of keys that are left out
   */
  constructor(root, requests, translate, language, hidden) {
    this.#requests = requests;
    this.#translate = translate;
    this.#language = language;
    this.#parts = build(root, translate);
    for (const name of hidden) this.#parts.row.querySelector(`.${name}`)?.remove();
    this.#listen();
  }

  /** @param {View} view */
  draw(view) {
    const { box, note, retry, seek, share, status, follow } = this.#parts;
    const { failure, message, title } = view;
    const told = message && this.#translate(message, view.sleepMinutes);
    const region = this.#translate("region");
    update(box, { ariaLabel: `${region}：${title}` });
    const isTold = LOUD.has(message) && view.isBusy;
    update(this.#parts.title, { textContent: isTold ? told : title || region });
    update(note, { textContent: failure && told });
    update(retry, { hidden: !failure || failure === "missing" });
    update(seek, { hidden: Boolean(failure) });
    update(follow, { hidden: !view.isAstray });
    const isShared = share.classList.contains("done");
    update(status, { textContent: isShared ? this.#translate("shared") : told });
    this.#drawTime(view);
    this.#drawKeys(view);
  }

  #listen() {
    const { buttons, more, rate, row, seek, sleep } = this.#parts;
    const requests = this.#requests;
    for (const [request, button] of buttons) button.onclick = () => requests.press(request);
    more.onclick = () => this.#open(more.ariaExpanded !== "true");
    row.onkeydown = ({ key }) => {
      if (key === "Escape") this.#open(false);
    };
    rate.onchange = () => requests.setRate(Number(rate.value));
    sleep.onchange = () => requests.setSleep(Number(sleep.value));
    seek.oninput = () => {
      this.#held = Number(seek.value);
      requests.redraw();
    };
    seek.onchange = () => {
      this.#held = null;
      requests.seek(Number(seek.value));
    };
  }

  focus() {
    this.#parts.toggle.focus();
  }

  /** Say for a while that the link is on the clipboard. */
  tellShared() {
    const { share, status } = this.#parts;
    share.classList.add("done");
    status.textContent = this.#translate("shared");
    setTimeout(() => share.classList.remove("done"), TOLD_MS);
  }

  /** The other keys take the place of the usual ones: there is room for them in any frame. */
  #open(/** @type {boolean} */ isOpen) {
    const { more, row } = this.#parts;
    more.ariaExpanded = String(isOpen);
    row.classList.toggle("open", isOpen);
    if (!isOpen) more.focus();
  }

  /** @param {View} view */
  #drawTime(view) {
    const { duration, isKnown, loaded, made, rate, wantedTime } = view;
    const { ghost, seek, time: shown } = this.#parts;
    const time = this.#held ?? view.time;
    const length = this.#lengthAt(time, view);
    const ends = [duration === null ? this.#estimate(view.expectedDuration) : clock(duration)];
    if (made) ends.push(this.#translate("made", made));
    else if (duration && rate !== 1) {
      ends.push(this.#translate("left", clock(Math.max(0, duration - time) / rate)));
    }
    update(shown, { textContent: `${clock(time)} / ${ends.join("・")}` });
    update(ghost, { hidden: wantedTime === null });
    if (wantedTime !== null) ghost.style.left = percent(Math.min(1, wantedTime / length));
    update(seek, {
      max: String(length),
      disabled: !isKnown,
      ariaValueText: this.#timeInWords(time, duration),
    });
    if (this.#held === null) update(seek, { value: time.toFixed(1) });
    this.#drawTrack(time / length, loaded.map(([from, to]) => [from / length, to / length]));
  }

  /**
   * Length of the bar in seconds: an estimate never grows so fast that the thumb runs backwards.
   * @param {number} time
   * @param {View} view
   */
  #lengthAt(time, { duration, expectedDuration }) {
    if (time < this.#time) this.#share = 0;
    const most = this.#share ? time / this.#share : Infinity;
    const length = Math.max(duration ?? Math.min(expectedDuration, most), time, SHORTEST_BAR_S);
    this.#time = time;
    this.#share = time / length;
    return length;
  }

  /** @param {number} duration_s */
  #estimate(duration_s) {
    const minutes = Math.round(duration_s / MINUTE_S);
    if (minutes) return this.#translate("about", minutes);
    const seconds = Math.ceil(duration_s / ESTIMATE_STEP_S) * ESTIMATE_STEP_S;
    return this.#translate("aboutSeconds", seconds || ESTIMATE_STEP_S);
  }

  /**
   * @param {number} time_s
   * @param {number | null} duration_s
   */
  #timeInWords(time_s, duration_s) {
    const time = clockInWords(time_s, this.#language);
    if (duration_s === null) return time;
    return time + this.#translate("of") + clockInWords(duration_s, this.#language);
  }

  /**
   * Draw the bar as layers of one background: played, then each loaded stretch, then the rest.
   * @param {number} played  share of the whole
   * @param {number[][]} loaded  shares where stretches begin and end
   */
  #drawTrack(played, loaded) {
    const stretches = loaded.map(
      ([from, to]) => `var(--line) 0 ${percent(from)},var(--loaded) 0 ${percent(to)},`,
    );
    const colours = `var(--accent) ${percent(played)},${stretches.join("")}var(--line) 0`;
    const track = `linear-gradient(90deg,${colours})`;
    if (this.#track === track) return;
    this.#track = track;
    this.#parts.box.style.setProperty("--track", track);
  }

  /** @param {View} view */
  #drawKeys({ canCast, downloadUrl, isBusy, isPlaying, rate, sleepMinutes, title }) {
    const parts = this.#parts;
    const label = this.#translate(isPlaying ? "pause" : "play");
    update(parts.toggle, { ariaLabel: label, title: label });
    parts.toggle.classList.toggle("on", isPlaying);
    parts.toggle.classList.toggle("busy", isBusy);
    update(parts.rate, { value: String(rate) });
    update(parts.rateShown, { textContent: `${rate}×` });
    if (!sleepMinutes) update(parts.sleep, { value: "0" });
    if (this.#sleepShown !== sleepMinutes) {
      this.#sleepShown = sleepMinutes;
      parts.sleepShown.replaceChildren(sleepMinutes > 0 ? `${sleepMinutes}′` : icon("sleep"));
      parts.sleepShown.classList.toggle("set", sleepMinutes !== 0);
    }
    if (canCast !== !parts.cast.hidden) parts.cast.hidden = !canCast;
    // It keeps its place while there is no file: the keys beside it must not move.
    update(parts.download, {
      ariaDisabled: downloadUrl ? null : "true",
      download: `${title || "audio"}.mp3`,
    });
    if (downloadUrl) update(parts.download, { href: downloadUrl });
    else parts.download.removeAttribute("href");
  }
}

/** @param {number} share */
const percent = (share) => `${(100 * share).toFixed(2)}%`;
