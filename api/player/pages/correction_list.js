/** 「我的讀音」 on the home page: own corrections, each to be removed. */
import { create } from "../dom.js";
import { forgetCorrection, readCorrections } from "./corrections.js";
import { button } from "./dialog.js";
import { elementOf } from "./elements.js";
import { say } from "./service.js";

/** Draw the list; an empty one is not there. */
export function drawCorrections() {
  const rows = Object.entries(readCorrections()).reverse().map(row);
  elementOf("own-list", HTMLUListElement).replaceChildren(...rows);
  elementOf("own", HTMLElement).hidden = !rows.length;
}

/** @param {[string, string]} entry */
function row([word, said]) {
  const remove = button("×", () => {
    forgetCorrection(word);
    drawCorrections();
  });
  remove.ariaLabel = `${say("remove")}：${word}`;
  const shown = create("p", {}, create("strong", {}, word), create("small", {}, said));
  return create("li", {}, shown, remove);
}
