/**
 * The bookmark that hands the page it is pressed on to this service: its own DOM, so that what
 * stands behind a login is heard too. It runs in any site's page: it says nothing to it, and
 * talks with nobody but the window that it opens.
 */
import { SERVICE } from "./service.js";

/** What the opened window says when it listens. */
export const READY = "tingwen-ready";
const SECRET = "tingwen-bookmarklet";
const SECRET_BYTES = 16;

/**
 * A page as it is handed over.
 * @typedef {object} HandedPage
 * @property {string} secret  of the bookmark
 * @property {string} html
 */

/**
 * The secret by which a bookmark of this device is known: without it a page that sends itself,
 * which any site can do, waits for a press.
 */
export function bookmarkSecret() {
  try {
    const known = localStorage.getItem(SECRET);
    if (known) return known;
    const bytes = crypto.getRandomValues(new Uint8Array(SECRET_BYTES));
    const made = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    localStorage.setItem(SECRET, made);
    return made;
  } catch {
    return ""; // nothing is kept here: then one press more
  }
}

/** The bookmark's address; `run` is written into it as it is here. */
export function bookmarkAddress() {
  const told = [SERVICE.href, SERVICE.origin, READY, bookmarkSecret()].map((part) =>
    JSON.stringify(part),
  );
  return `javascript:${encodeURIComponent(`(${run})(${told})`)}`;
}

/**
 * @param {string} service
 * @param {string} origin
 * @param {string} ready
 * @param {string} secret
 */
function run(service, origin, ready, secret) {
  const address = encodeURIComponent(location.href);
  const opened = open(`${service}receive#${address}`, "_blank");
  if (!opened) {
    location.href = `${service}?url=${address}`;
    return;
  }
  addEventListener("message", function hand(event) {
    if (event.source !== opened || event.origin !== origin || event.data !== ready) return;
    removeEventListener("message", hand);
    opened.postMessage({ secret, html: document.documentElement.outerHTML }, origin);
  });
}
