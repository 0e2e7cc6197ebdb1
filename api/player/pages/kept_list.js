/** 「離線保存」 on the home page: what is on this device, and how to remove it. */
import { create } from "../dom.js";
import { elementOf } from "./elements.js";
import { dropArticle, listKept, megabytes } from "./offline.js";
import { say } from "./service.js";
import { playSoon } from "./start.js";

/** @typedef {import("./offline.js").KeptArticle} KeptArticle */

/** Draw the list; an empty one is not there. */
export async function drawKept() {
  const kept = await listKept();
  elementOf("kept-list", HTMLOListElement).replaceChildren(...kept.map(row));
  elementOf("kept", HTMLElement).hidden = !kept.length;
}

/** @param {KeptArticle} article */
function row({ id, title, n_bytes }) {
  const size = create("small", {}, `${megabytes(n_bytes)} MB`);
  const link = create("a", { href: `listen/${id}` }, create("strong", {}, title), size);
  link.addEventListener("click", () => playSoon(id));
  const label = `${say("remove")}：${title}`;
  const remove = create("button", { type: "button", ariaLabel: label, title: say("remove") }, "×");
  remove.onclick = () => dropArticle(id).then(drawKept);
  return create("li", {}, link, remove);
}
