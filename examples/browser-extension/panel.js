/** The panel: has the page of a tab read, and tells the page which sentence that is. */
import { readSettings, translatePage } from "./settings.js";

const SESSION = chrome.storage.session;
const say = (name) => chrome.i18n.getMessage(name);
const element = (id) => document.getElementById(id);

/** The way to the page that is read. @type {chrome.runtime.Port | null} */
let page = null;

translatePage();
SESSION.onChanged.addListener(({ wanted }) => wanted?.newValue && begin(wanted.newValue));
SESSION.get("wanted").then(({ wanted }) => wanted && begin(wanted));

/** @param {{tabId: number}} wanted */
async function begin({ tabId }) {
  await SESSION.remove("wanted");
  element("problem").hidden = true;
  element("place").replaceChildren();
  element("status").textContent = say("finding");
  try {
    const article = await askFor(await pageOf(tabId));
    const target = { tabId };
    await chrome.scripting.insertCSS({ target, files: ["page.css"] });
    await chrome.scripting.executeScript({ target, files: ["built/page.js"] });
    play(article, tabId);
  } catch (error) {
    element("status").textContent = "";
    element("problem").textContent = error.message;
    element("problem").hidden = false;
  }
}

/** The page as its reader sees it, behind any login. @param {number} tabId */
async function pageOf(tabId) {
  const func = () => document.documentElement.outerHTML;
  const [{ result }] = await chrome.scripting
    .executeScript({ target: { tabId }, func })
    .catch(() => [{ result: "" }]);
  if (!result) throw new Error(say("noPage"));
  return result;
}

/**
 * Have a page read; rejects with words for people.
 * @param {string} html
 */
async function askFor(html) {
  const { key, service } = await readSettings();
  const response = await fetch(new URL("v1/articles", service), {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "Accept-Language": chrome.i18n.getUILanguage(),
      ...(key && { Authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ html }),
  }).catch(() => {
    throw new Error(chrome.i18n.getMessage("unreachable", [service]));
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.message || answer.title || `${response.status}`);
  return { ...answer, address: new URL(`v1/articles/${answer.id}`, service).href };
}

/**
 * @param {{address: string, title: string}} article
 * @param {number} tabId
 */
function play({ address, title }, tabId) {
  element("title").textContent = title;
  element("status").textContent = say("synthetic");
  const player = document.createElement("tingwen-player");
  player.setAttribute("article", address);
  player.setAttribute("page-keys", "");
  page?.disconnect();
  page = chrome.tabs.connect(tabId);
  page.onMessage.addListener(({ goTo }) => player.goTo(goTo));
  const own = page;
  own.onDisconnect.addListener(() => page === own && (page = null)); // the tab shows another page
  let isBound = false;
  player.addEventListener("narrationchange", ({ detail: { utterances } }) => {
    if (isBound || !utterances.length) return;
    isBound = true;
    page?.postMessage({ utterances });
  });
  const show = () => page?.postMessage({ sentence: player.sentence, isPlaying: !player.paused });
  for (const type of ["sentencechange", "play", "pause"]) player.addEventListener(type, show);
  element("place").replaceChildren(player);
  player.play();
}
