/** 「接下來」 and 「最近聽過」 on the home page. */
import { clock } from "../clock.js";
import { create } from "../dom.js";
import { elementOf } from "./elements.js";
import * as library from "./library.js";
import { say } from "./service.js";
import { playSoon } from "./start.js";

/** @typedef {import("./library.js").Entry} Entry */

const END_S = 3;
const MINUTE_S = 60;

/** Draw both lists; one that is empty is not there. */
export function drawLists() {
  const { queue, recent } = library.readLibrary();
  draw("queue", queue.map(queueRow));
  draw("recent", recent.map(recentRow));
}

/** Hear what is pressed below the lists. */
export function listenToLists() {
  drawLists();
  elementOf("forget", HTMLButtonElement).onclick = () => {
    library.forgetAllHeard();
    drawLists();
  };
  elementOf("play-queue", HTMLButtonElement).onclick = () => {
    const next = library.takeNext();
    if (next) open(next.id);
  };
  addEventListener("storage", drawLists);
  addEventListener("pageshow", drawLists);
}

/** @param {string} name @param {HTMLLIElement[]} rows */
function draw(name, rows) {
  elementOf(`${name}-list`, HTMLOListElement).replaceChildren(...rows);
  elementOf(name, HTMLElement).hidden = !rows.length;
}

/** @param {string} id */
function open(id) {
  playSoon(id);
  location.href = library.pageOf(id);
}

/** @param {Entry} entry */
function recentRow(entry) {
  const follow = button("addToQueue", "＋", entry, () => library.enqueue(entry));
  const remove = button("remove", "×", entry, () => library.forgetHeard(entry.id));
  return create("li", {}, link(entry, leftOf(entry)), follow, remove);
}

/** @param {Entry} entry @param {number} position */
function queueRow(entry, position) {
  const move = (/** @type {number} */ by) => {
    library.moveInQueue(entry.id, position + by);
    drawLists();
    focusAgain(entry.id, by);
  };
  const up = button("moveUp", "↑", entry, () => move(-1));
  const down = button("moveDown", "↓", entry, () => move(1));
  const remove = button("remove", "×", entry, () => library.dequeue(entry.id));
  const row = create("li", { draggable: true }, link(entry, entry.source), up, down, remove);
  row.dataset.id = entry.id;
  row.ondragstart = (event) => event.dataTransfer?.setData("text/plain", entry.id);
  row.ondragover = (event) => event.preventDefault();
  row.ondrop = (event) => {
    event.preventDefault();
    library.moveInQueue(event.dataTransfer?.getData("text/plain") ?? "", position);
    drawLists();
  };
  return row;
}

/**
 * The key that moved a row goes with it.
 * @param {string} id
 * @param {number} by
 */
function focusAgain(id, by) {
  const row = document.querySelector(`#queue-list [data-id="${id}"]`);
  row?.querySelectorAll("button")[by < 0 ? 0 : 1]?.focus();
}

/** @param {Entry} entry @param {string} about */
function link(entry, about) {
  const told = create("small", {}, about);
  const title = create("strong", {}, entry.title || say("listen"));
  const anchor = create("a", { href: library.pageOf(entry.id) }, title, told);
  anchor.addEventListener("click", () => playSoon(entry.id));
  return anchor;
}

/** How much is left, beside where it is from. @param {Entry} entry */
function leftOf({ duration, source, time }) {
  const left_s = duration - time;
  const isHeard = duration > 0 && left_s < END_S;
  const minutes = Math.round(left_s / MINUTE_S);
  const left = minutes ? say("left", minutes) : say("leftClock", clock(left_s));
  const told = isHeard ? say("heard") : duration > 0 ? left : "";
  return [source, told].filter(Boolean).join("・");
}

/**
 * @param {"addToQueue" | "remove" | "moveUp" | "moveDown"} name
 * @param {string} sign
 * @param {Entry} entry
 * @param {() => void} act
 */
function button(name, sign, entry, act) {
  const label = `${say(name)}：${entry.title}`;
  const key = create("button", { type: "button", ariaLabel: label, title: say(name) }, sign);
  key.onclick = () => {
    act();
    drawLists();
  };
  return key;
}
