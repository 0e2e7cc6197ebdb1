/** Sleep timer: sound stops at the end of the sentence that is read when its time is over. */

const MINUTE_MS = 60_000;

const KEY = "tingwen-sleep";

/** In place of minutes: at the end of what is read. */
export const AT_END = -1;
/** Choices that the player offers. */
export const SLEEP_MINUTES = Object.freeze([5, 10, 20, 30, 60]);

export class SleepTimer {
  /** By Date.now(), which goes on while a device sleeps; 0 is never. */
  #endsAt_ms = savedEnd_ms();

  /** @param {number} minutes until it ends; 0 is never, AT_END when the article is over */
  set(minutes) {
    const end_ms = minutes === AT_END ? Infinity : Date.now() + minutes * MINUTE_MS;
    this.#endsAt_ms = minutes && end_ms;
    try {
      sessionStorage.setItem(KEY, String(this.#endsAt_ms));
    } catch {} // no storage: then it is gone with a reload
  }

  /** Minutes that are left, the begun one counted; 0 if it is not set, or AT_END. */
  get minutesLeft() {
    if (!this.#endsAt_ms) return 0;
    if (this.#endsAt_ms === Infinity) return AT_END;
    return Math.max(1, Math.ceil((this.#endsAt_ms - Date.now()) / MINUTE_MS));
  }

  get isOver() {
    return this.#endsAt_ms > 0 && Date.now() >= this.#endsAt_ms;
  }
}

/** When the timer ends that was set before a reload; 0 if it has ended, or none was set. */
function savedEnd_ms() {
  try {
    const end_ms = Number(sessionStorage.getItem(KEY));
    return end_ms > Date.now() ? end_ms : 0;
  } catch {
    return 0;
  }
}
