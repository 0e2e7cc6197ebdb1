/** `/`: paste an article, see what would be said, have it read. */
import { saveVoice, savedVoice } from "../storage.js";
import { startWhatWasBrought } from "./brought.js";
import { drawCorrections } from "./correction_list.js";
import { asLexicon } from "./corrections.js";
import { takeDrops } from "./drop.js";
import { elementOf } from "./elements.js";
import { EXAMPLE } from "./example.js";
import { drawLists, listenToLists } from "./home_lists.js";
import { drawKept } from "./kept_list.js";
import { enqueue } from "./library.js";
import { installWorker } from "./offline.js";
import { drawScript } from "./script_view.js";
import { ask, Refusal, saveKey, savedKey, say } from "./service.js";
import { speakSample } from "./speech.js";
import { playSoon } from "./start.js";
import { fillVoices } from "./voices.js";

const DRAFT = "tingwen-draft";
const UTF8 = new TextDecoder("utf-8", { fatal: true });

export function startHome() {
  const form = elementOf("request", HTMLFormElement);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    during(form, say("finding"), listen);
  });
  elementOf("preview", HTMLButtonElement).onclick = () => during(form, say("writing"), showScript);
  elementOf("later", HTMLButtonElement).onclick = () => during(form, say("finding"), listenLater);
  elementOf("sample", HTMLButtonElement).onclick = () => {
    const { value } = elementOf("voice", HTMLSelectElement);
    during(form, say("finding"), () => speakSample(value));
  };
  elementOf("source", HTMLTextAreaElement).addEventListener("input", keepDraft);
  elementOf("voice", HTMLSelectElement).onchange = ({ target }) => {
    if (target instanceof HTMLSelectElement) saveVoice(target.value);
  };
  elementOf("key", HTMLInputElement).value = savedKey();
  offerSources(form);
  restoreDraft();
  startWhatWasBrought(form);
  listenToLists();
  installWorker();
  drawKept().catch(() => {}); // no room for anything on this device
  drawCorrections();
  const voice = elementOf("voice", HTMLSelectElement);
  fillVoices(voice, savedVoice()).catch(() => {}); // the automatic voice is there without the list
}

async function listen() {
  const { id } = await post("v1/articles");
  playSoon(id);
  location.href = `listen/${id}`;
}

async function listenLater() {
  const { id, title, byline } = await post("v1/articles");
  enqueue({ id, title, source: byline, duration: 0, time: 0 });
  fill("");
  drawLists();
}

async function showScript() {
  const script = elementOf("script", HTMLElement);
  script.hidden = true;
  await drawScriptAgain();
  script.scrollIntoView({ block: "start" });
}

async function drawScriptAgain() {
  const { utterances } = await post("v1/scripts?readings=true");
  drawScript(utterances, elementOf("voice", HTMLSelectElement).value, () => {
    drawCorrections();
    during(elementOf("request", HTMLFormElement), say("writing"), drawScriptAgain);
  });
}

/**
 * Do something that takes a while; what goes wrong is said beside the field.
 * @param {HTMLFormElement} form
 * @param {string} doing
 * @param {() => Promise<void>} act
 */
async function during(form, doing, act) {
  const status = elementOf("status", HTMLElement);
  const buttons = form.querySelectorAll("button");
  const setBusy = (/** @type {boolean} */ isBusy) => {
    form.ariaBusy = isBusy ? "true" : null;
    for (const button of buttons) button.disabled = isBusy;
    status.textContent = isBusy ? doing : "";
  };
  showProblem("");
  setBusy(true);
  try {
    await act();
  } catch (error) {
    showProblem(error instanceof Error ? error.message : String(error));
    if (error instanceof Refusal && error.wantsKey) askForKey();
  } finally {
    setBusy(false);
  }
}

/** @param {string} message  "" takes the last one away */
function showProblem(message) {
  const source = elementOf("source", HTMLTextAreaElement);
  const problem = elementOf("problem", HTMLElement);
  problem.textContent = message;
  problem.hidden = !message;
  source.ariaInvalid = message ? "true" : null;
  if (message) source.focus();
}

function askForKey() {
  elementOf("key-row", HTMLElement).hidden = false;
  elementOf("key", HTMLInputElement).focus();
}

/**
 * Send what was pasted, whatever it is; raises Refusal.
 * @param {string} path
 * @returns {Promise<any>} the service's answer
 */
async function post(path) {
  const page = elementOf("source", HTMLTextAreaElement).value.trim();
  if (!page) throw new Refusal(say("empty"));
  saveKey(elementOf("key", HTMLInputElement).value.trim());
  const voice = elementOf("voice", HTMLSelectElement).value;
  return (await ask(path, { page, ...(voice && { voice }), ...asLexicon() })).json();
}

/** Ways to fill the field, beside typing. @param {HTMLFormElement} form */
function offerSources(form) {
  const paste = elementOf("paste", HTMLButtonElement);
  paste.hidden = !navigator.clipboard?.readText;
  paste.onclick = () => {
    const refused = () => showProblem(say("noClipboard"));
    navigator.clipboard.readText().then(fill, refused);
  };
  const file = elementOf("file", HTMLInputElement);
  elementOf("upload", HTMLButtonElement).onclick = () => file.click();
  file.onchange = async () => {
    const [chosen] = file.files ?? [];
    if (chosen) fill(decode(await chosen.arrayBuffer()));
    file.value = "";
  };
  takeDrops(form, async (dropped) => fill(decode(await dropped.arrayBuffer())));
  elementOf("example", HTMLButtonElement).onclick = () => {
    fill(EXAMPLE);
    form.requestSubmit();
  };
}

/** Text of a file: UTF-8, or what Taiwan wrote before it. @param {ArrayBuffer} bytes */
function decode(bytes) {
  try {
    return UTF8.decode(bytes);
  } catch {
    return new TextDecoder("big5").decode(bytes);
  }
}

/** @param {string} text */
function fill(text) {
  elementOf("source", HTMLTextAreaElement).value = text;
  showProblem("");
  keepDraft();
}

/** Going back must not lose what was pasted. */
function keepDraft() {
  try {
    sessionStorage.setItem(DRAFT, elementOf("source", HTMLTextAreaElement).value);
  } catch {} // no storage, or a book: then it is pasted again
}

function restoreDraft() {
  const source = elementOf("source", HTMLTextAreaElement);
  try {
    source.value ||= sessionStorage.getItem(DRAFT) ?? "";
  } catch {}
  keepDraft();
}
