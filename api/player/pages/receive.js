/** `/receive`: opened by the bookmark on another site's page, which hands itself over. */
import { bookmarkSecret, READY } from "./bookmarklet.js";
import { elementOf } from "./elements.js";
import { ask, say } from "./service.js";
import { playSoon } from "./start.js";
import { savedVoice } from "../storage.js";

const PATIENCE_MS = 3000;
const BIG_CHARS = 2e6;
/** Nothing of it is read; what describes the page (JSON-LD) stays. */
const WEIGHT = "script:not([type='application/ld+json']), style, svg, iframe, canvas, template";

export function startReceive() {
  const address = addressInHash();
  history.replaceState(null, "", location.pathname);
  /** @type {Window | null} */
  const opener = window.opener;
  const giveUp = setTimeout(() => explain(address), opener ? PATIENCE_MS : 0);
  addEventListener("message", function take(event) {
    if (!opener || event.source !== opener || typeof event.data?.html !== "string") return;
    removeEventListener("message", take);
    clearTimeout(giveUp);
    receive(event.data, event.origin);
  });
  opener?.postMessage(READY, "*"); // it says nothing, to whoever has opened this
}

/** Of the page, where it is one. */
function addressInHash() {
  try {
    const address = decodeURIComponent(location.hash.slice(1));
    return /^https?:$/.test(new URL(address).protocol) ? address : "";
  } catch {
    return "";
  }
}

/**
 * @param {import("./bookmarklet.js").HandedPage} handed
 * @param {string} origin
 */
function receive({ html, secret }, origin) {
  const start = elementOf("start", HTMLButtonElement);
  const listen = () => send(html).catch(tell);
  if (secret && secret === bookmarkSecret()) {
    listen();
    return;
  }
  elementOf("status", HTMLElement).textContent = say("handedBy", new URL(origin).host);
  start.hidden = false;
  start.onclick = listen;
  start.focus();
}

/** @param {string} html */
async function send(html) {
  elementOf("start", HTMLButtonElement).hidden = true;
  elementOf("status", HTMLElement).textContent = say("finding");
  const voice = savedVoice();
  const body = { html: withoutWeight(html), ...(voice && { voice }) };
  const { id } = await (await ask("v1/articles", body)).json();
  playSoon(id);
  location.replace(`listen/${id}`);
}

/** A page of many megabytes is most often scripts. @param {string} html */
function withoutWeight(html) {
  if (html.length < BIG_CHARS) return html;
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const element of page.querySelectorAll(WEIGHT)) element.remove();
  return page.documentElement.outerHTML;
}

/** @param {unknown} error */
function tell(error) {
  elementOf("status", HTMLElement).textContent = "";
  const problem = elementOf("problem", HTMLElement);
  problem.textContent = error instanceof Error ? error.message : say("failed");
  problem.hidden = false;
  elementOf("other-ways", HTMLElement).hidden = false;
}

/** The page was cut off from us: it has to be copied. @param {string} address */
function explain(address) {
  elementOf("status", HTMLElement).textContent = say("cutOff");
  const byAddress = elementOf("by-address", HTMLAnchorElement);
  byAddress.hidden = !address;
  byAddress.href = `./?url=${encodeURIComponent(address)}`;
  elementOf("other-ways", HTMLElement).hidden = false;
}
