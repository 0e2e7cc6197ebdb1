/** `/podcast/`: each episode is heard at a press, or follows later; all of the page in a row. */
import { create } from "../dom.js";
import { enqueue, enqueueNext, pageOf, takeNext } from "./library.js";
import { say, SERVICE } from "./service.js";
import { playSoon } from "./start.js";

/** @typedef {import("./library.js").Entry} Entry */

export function startPodcast() {
  const items = document.querySelectorAll("li[data-id]");
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (items)];
  for (const row of rows) row.append(create("div", { className: "keys" }, ...keysOf(entryOf(row))));
  const all = document.querySelector("[data-play-all]");
  all?.addEventListener("click", () => {
    enqueueNext(rows.map(entryOf));
    const next = takeNext();
    if (next) open(next);
  });
}

/** @param {HTMLElement} row @returns {Entry} */
function entryOf({ dataset: { duration, headline = "", id = "", source = "" } }) {
  return { id, title: headline, source, duration: Number(duration), time: 0 };
}

/** @param {Entry} entry */
function keysOf(entry) {
  const play = key("▶", say("listen"), entry);
  play.onclick = () => open(entry);
  const add = key("＋", say("addToQueue"), entry);
  add.onclick = () => {
    enqueue(entry);
    add.textContent = "✓";
    add.ariaLabel = `${say("queued")}：${entry.title}`;
  };
  return [add, play];
}

/** @param {string} sign @param {string} name @param {Entry} entry */
function key(sign, name, { title }) {
  const ariaLabel = `${name}：${title}`;
  return create("button", { type: "button", className: "icon", ariaLabel, title: name }, sign);
}

/** @param {Entry} entry */
function open({ id }) {
  playSoon(id);
  location.href = new URL(pageOf(id), SERVICE).href;
}
