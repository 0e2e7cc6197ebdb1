/** Patience: how long a listener waits for the first sound before being told why. */

const LONG_MS = 2000;

export class Patience {
  #since_ms = 0;

  /** @param {boolean} waits  whether there is still nothing to hear */
  note(waits) {
    this.#since_ms = waits ? this.#since_ms || performance.now() : 0;
  }

  get isOver() {
    return this.#since_ms > 0 && performance.now() - this.#since_ms >= LONG_MS;
  }
}
