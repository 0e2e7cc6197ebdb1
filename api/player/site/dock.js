/** The player kept in sight: at the edge of the page while its own place is scrolled away. */
import { create } from "../dom.js";

export class Dock {
  #box;
  #room;
  #player;
  #close;
  #isWanted = false;
  #isAway = false;

  /**
   * @param {HTMLElement} box  that is docked, with the player in it
   * @param {HTMLElement} room  that keeps its place
   * @param {HTMLElement} player
   * @param {string} label  of the key that puts it away
   */
  constructor(box, room, player, label) {
    this.#box = box;
    this.#room = room;
    this.#player = player;
    this.#close = create("button", { className: "undock", ariaLabel: label, title: label }, "×");
    this.#close.setAttribute("part", "undock");
    this.#close.onclick = () => this.#want(false);
  }

  /**
   * Watch whether its place is in sight, until `signal` ends it.
   * @param {Element} place
   * @param {AbortSignal} signal
   */
  watch(place, signal) {
    const observer = new IntersectionObserver(([{ isIntersecting }]) => {
      this.#isAway = !isIntersecting;
      this.#draw();
    });
    observer.observe(place);
    signal.addEventListener("abort", () => observer.disconnect(), { once: true });
    this.#player.addEventListener("play", () => this.#want(true), { signal });
  }

  /** @param {boolean} isWanted */
  #want(isWanted) {
    this.#isWanted = isWanted;
    this.#draw();
  }

  #draw() {
    const isDocked = this.#isWanted && this.#isAway;
    if (isDocked === this.#box.classList.contains("docked")) return;
    this.#room.style.height = isDocked ? `${this.#box.offsetHeight}px` : "";
    this.#box.classList.toggle("docked", isDocked);
    this.#player.toggleAttribute("mini", isDocked);
    if (isDocked) this.#box.append(this.#close);
    else this.#close.remove();
  }
}
