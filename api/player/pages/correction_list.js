/** 「我的讀音」 on the home page: own corrections, each to be removed. */
import { create } from "../dom.js";
import { forgetCorrection, readCorrections } from "./corrections.js";
import { button } from "./dialog.js";
import { elementOf } from "./elements.js";
import { ask, savedKey, say } from "./service.js";

/** Draw the list; an empty one is not there. */
export function drawCorrections() {
  const rows = Object.entries(readCorrections()).reverse().map(row);
  elementOf("own-list", HTMLUListElement).replaceChildren(...rows);
  elementOf("own", HTMLElement).hidden = !rows.length;
  const everybody = elementOf("own-publish", HTMLButtonElement);
  everybody.hidden = !savedKey();
  everybody.onclick = publish;
}

/** Put them into the service's lexicon, for everybody: an editor's key may. */
async function publish() {
  const status = elementOf("own-status", HTMLElement);
  try {
    const answer = await ask("v1/lexicon");
    const { surnames, words } = await answer.json();
    const changed = { words: { ...words, ...readCorrections() }, surnames };
    await ask("v1/lexicon", changed, answer.headers.get("etag") ?? "");
    status.textContent = say("published");
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error);
  }
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
