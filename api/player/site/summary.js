/** What the service tells of a page's narration before it is played. */

/** The service that this script came from. */
export const SERVICE = new URL(".", import.meta.url);

/**
 * The service's answer, `GET /v1/pages` or `GET /v1/articles/{id}/summary`.
 * @typedef {object} Summary
 * @property {string} id
 * @property {string} title
 * @property {string} byline
 * @property {"pending" | "speaking" | "ready" | "failed"} status
 * @property {string | null} voice
 * @property {string} why another voice speaks; "" if none does
 * @property {number | null} duration seconds
 * @property {string} audio_url
 * @property {string} brand
 * @property {string} logo
 * @property {string} selector
 * @property {string} make
 * @property {boolean} stale
 */

/**
 * Why there is none: nothing was made yet, it was withdrawn or is of no site, or nobody answers.
 * @typedef {"missing" | "gone" | "network"} Lack
 */

const GONE = new Set([410, 422]);
const NOT_FOUND = 404;

/**
 * The narration that an element names, or that of its page.
 * @param {Element} element
 * @returns {Promise<Summary | Lack>}
 */
export async function findSummary(element) {
  const article = element.getAttribute("article");
  if (article) return ask(new URL(`${articleUrl(article)}/summary`));
  const page = pageAddress(element);
  const url = new URL("v1/pages", SERVICE);
  url.searchParams.set("url", page);
  const found = await ask(url);
  if (typeof found === "object" && found.stale) look(page);
  return found;
}

/**
 * Address of a narration by its id, or of one on another service.
 * @param {string} article
 */
export const articleUrl = (article) => new URL(article, new URL("v1/articles/", SERVICE)).href;

/**
 * Address of the page that an element stands on: its canonical link, unless that leads to another
 * site or only to this one's front.
 * @param {Element} element
 */
export function pageAddress(element) {
  const here = new URL(element.getAttribute("page") ?? location.href, document.baseURI);
  here.hash = "";
  if (element.hasAttribute("page")) return here.href;
  const link = document.querySelector('link[rel~="canonical"]')?.getAttribute("href");
  try {
    const named = new URL(link ?? here.href, document.baseURI);
    const isFront = named.pathname === "/" && !named.search && here.pathname !== "/";
    named.hash = "";
    return named.origin === here.origin && !isFront ? named.href : here.href;
  } catch {
    return here.href;
  }
}

/**
 * @param {URL} url
 * @returns {Promise<Summary | Lack>}
 */
async function ask(url) {
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok) return answer.json();
  if (!answer) return "network";
  const problem = await answer.json().catch(() => ({}));
  if (GONE.has(answer.status)) {
    console.warn(`tingwen: ${problem.detail ?? answer.status}`);
    return "gone";
  }
  const isOnView = problem.facts?.make === "on-view";
  if (answer.status === NOT_FOUND && isOnView) return look(url.searchParams.get("url") ?? "");
  return answer.status === NOT_FOUND ? "missing" : "network";
}

/**
 * Have a page made, or looked through for edits, because a reader looks at it.
 * @param {string} page
 * @returns {Promise<Summary | Lack>}
 */
async function look(page) {
  const asked = {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ url: page }),
  };
  const answer = await fetch(new URL("v1/pages/look", SERVICE), asked).catch(() => null);
  return answer?.ok ? answer.json() : "missing";
}
