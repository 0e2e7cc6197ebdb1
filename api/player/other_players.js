/** Players in other tabs and frames of this site: one at a time is heard. */

const CHANNEL = "tingwen";

export class OtherPlayers {
  /** @type {BroadcastChannel | null} */
  #channel = null;

  /**
   * Hear of them until `signal` ends it.
   * @param {AbortSignal} signal
   * @param {() => void} onPlay  called when another one begins to play
   */
  listen(signal, onPlay) {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = onPlay;
    signal.addEventListener("abort", () => channel.close(), { once: true });
    this.#channel = channel;
  }

  /** Tell them that this one begins to play. */
  tellPlay() {
    this.#channel?.postMessage("play");
  }
}
