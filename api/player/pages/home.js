/** `/`: paste an article, see what would be said, have it read. */
import { create } from "../dom.js";
import { languageOf, translator } from "../words.js";
import { elementOf } from "./elements.js";
import { WORDS } from "./words.js";

/** @typedef {{text: string, spoken: string}} ScriptLine */
/** @typedef {{name: string, description: string, installed: boolean}} VoiceAnswer */

const LANGUAGE = languageOf(document.documentElement);
const say = translator(WORDS, LANGUAGE);

export function startHome() {
  const form = elementOf("request", HTMLFormElement);
  const preview = elementOf("preview", HTMLButtonElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    during(form, say("finding"), listen);
  });
  preview.addEventListener("click", () => during(form, say("writing"), showScript));
  offerVoices().catch(() => {}); // the automatic voice is there without the list
}

async function listen() {
  const article = await post("v1/articles");
  location.href = `listen/${article.id}`;
}

async function showScript() {
  const { utterances } = await post("v1/scripts");
  const script = elementOf("script", HTMLElement);
  elementOf("script-lines", HTMLOListElement).replaceChildren(...utterances.map(scriptLine));
  script.hidden = false;
  script.scrollIntoView({ block: "start" });
}

/** @param {ScriptLine} line */
function scriptLine({ text, spoken }) {
  const written = create("p", {}, text);
  return create("li", {}, written, create("p", {}, spoken || say("unspoken")));
}

/**
 * Do something that takes a while; an error's message is shown.
 * @param {HTMLFormElement} form
 * @param {string} doing
 * @param {() => Promise<void>} act
 */
async function during(form, doing, act) {
  if (!form.reportValidity()) return;
  const status = elementOf("status", HTMLElement);
  const buttons = form.querySelectorAll("button");
  const setBusy = (/** @type {boolean} */ isBusy) => {
    form.ariaBusy = isBusy ? "true" : null;
    for (const button of buttons) button.disabled = isBusy;
  };
  status.textContent = doing;
  setBusy(true);
  try {
    await act();
    status.textContent = "";
  } catch (error) {
    status.textContent = error instanceof Error ? error.message : String(error);
  } finally {
    setBusy(false);
  }
}

/**
 * Send what was pasted; raises an error in words for people.
 * @param {string} path
 * @returns {Promise<any>} the service's answer
 */
async function post(path) {
  let response;
  try {
    response = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Accept-Language": LANGUAGE },
      body: JSON.stringify(pasted()),
    });
  } catch {
    throw new Error(say("unreachable"));
  }
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.message ?? answer.title ?? say("failed"));
}

/** What was pasted, as a request: an address, a page's HTML, or text. */
function pasted() {
  const source = elementOf("source", HTMLTextAreaElement).value.trim();
  const voice = elementOf("voice", HTMLSelectElement).value;
  const isUrl = /^https?:\/\/\S+$/.test(source);
  const isHtml = /^<(!doctype|html|head|body|article|div|main|p|section)\b/i.test(source);
  const kind = isUrl ? "url" : isHtml ? "html" : "text";
  return { [kind]: source, ...(voice && { voice }) };
}

async function offerVoices() {
  const response = await fetch("v1/voices");
  /** @type {VoiceAnswer[]} */
  const voices = response.ok ? await response.json() : [];
  const select = elementOf("voice", HTMLSelectElement);
  for (const { name, description } of voices.filter(({ installed }) => installed)) {
    select.append(new Option(description ? `${name}（${description}）` : name, name));
  }
}
