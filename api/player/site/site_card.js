/** What <ting-wen> shows: a card to press, later the player in its place; and what is under it. */
import { create, styleSheet, update } from "../dom.js";
import { icon } from "../icons.js";
import css from "./site_card.css";

/** @typedef {import("./summary.js").Summary} Summary */
/** @typedef {import("./summary.js").Lack} Lack */

const SHEET = styleSheet(css);
const MINUTE_S = 60;
const STEP_S = 10;

export class SiteCard {
  #translate;
  #play = create("button", { className: "play" }, icon("play"));
  #listen = create("span");
  #length = create("span", { className: "length" });
  #headline = create("div", { className: "headline" });
  #lack = create("div", { className: "lack", role: "status" });
  #card = create("section", { className: "card" }, this.#play);
  #label = create("span", { className: "label" });
  #brand = create("span", { className: "brand" });
  #next = create("a", { className: "next", hidden: true });
  /** What is shown first: a card, later the player; it may be docked at the edge of the page. */
  box = create("div", { className: "box" });
  /** Keeps the place of what is docked. */
  room = create("div");

  /**
   * @param {ShadowRoot} root
   * @param {import("./site_words.js").SiteTranslate} translate
   * @param {() => void} onPlay
   * @param {() => void} onNear  somebody is about to press
   */
  constructor(root, translate, onPlay, onNear) {
    this.#translate = translate;
    const lead = create("div", { className: "lead" }, this.#listen, this.#length);
    this.#card.append(create("div", { className: "words" }, lead, this.#headline, this.#lack));
    this.box.append(create("div", { className: "width" }, this.#card));
    const foot = create("div", { className: "foot" }, this.#label, this.#brand, this.#next);
    root.adoptedStyleSheets = [SHEET];
    root.replaceChildren(this.room, this.box, foot, create("slot"));
    for (const part of root.querySelectorAll("[class]")) part.setAttribute("part", part.className);
    update(this.#play, { ariaLabel: translate("play"), disabled: true, onclick: onPlay });
    this.#listen.textContent = translate("listen");
    for (const type of ["pointerenter", "pointerdown", "focus"]) {
      this.#play.addEventListener(type, onNear, { once: true, passive: true });
    }
  }

  /**
   * @param {Summary | Lack} found
   * @param {string} headline  in place of the article's own
   * @param {string} brand  in place of the site's
   */
  draw(found, headline, brand) {
    const summary = typeof found === "object" ? found : null;
    const lack = typeof found === "string" && found !== "gone" ? this.#translate(found) : "";
    update(this.#play, { disabled: !summary && found !== "network" });
    const title = headline || summary?.title || "";
    update(this.#headline, { textContent: title, hidden: Boolean(lack) });
    update(this.#lack, { textContent: lack });
    update(this.#card, { ariaLabel: `${this.#translate("listen")}：${title}` });
    update(this.#length, { textContent: this.#lengthOf(summary?.duration ?? 0) });
    const voiced = this.#translate("voiced");
    const whose = [summary?.voice, summary?.why].filter(Boolean).join("：");
    update(this.#label, { textContent: voiced, title: whose });
    const name = brand || summary?.brand || "";
    const logo = summary?.logo
      ? [create("img", { className: "logo", src: summary.logo, alt: name ? "" : "logo" })]
      : [];
    this.#brand.replaceChildren(...logo, name);
    this.#brand.firstElementChild?.setAttribute("part", "logo");
  }

  /** @param {boolean} isBusy */
  setBusy(isBusy) {
    this.#play.classList.toggle("busy", isBusy);
  }

  /**
   * Lead on to the article that follows; "" leads nowhere.
   * @param {string} url
   * @param {string} title
   */
  leadOn(url, title) {
    const told = title ? this.#translate("next", title) : this.#translate("nextNameless");
    update(this.#next, { hidden: !url, textContent: told });
    if (url) this.#next.href = url;
  }

  /** @param {number} duration_s */
  #lengthOf(duration_s) {
    if (!duration_s) return "";
    const seconds = Math.ceil(duration_s / STEP_S) * STEP_S;
    if (seconds < MINUTE_S) return this.#translate("seconds", seconds);
    return this.#translate("minutes", Math.round(duration_s / MINUTE_S));
  }
}
