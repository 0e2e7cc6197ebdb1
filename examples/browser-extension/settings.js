/** Where the service is, and the key that it may want; kept in this browser. */

const USUAL_SERVICE = "http://127.0.0.1:8000/";

/** @returns {Promise<{service: string, key: string}>} */
export async function readSettings() {
  const { service = USUAL_SERVICE, key = "" } = await chrome.storage.local.get(["service", "key"]);
  return { service, key };
}

/**
 * Keep them, once the browser may talk with that address; false if its reader does not let it.
 * @param {string} address
 * @param {string} key
 * @returns {Promise<boolean>}
 */
export async function saveSettings(address, key) {
  const service = new URL(address.endsWith("/") ? address : `${address}/`);
  const isAllowed = await chrome.permissions.request({ origins: [`${service.origin}/*`] });
  if (isAllowed) await chrome.storage.local.set({ service: service.href, key });
  return isAllowed;
}

/** Put the browser's language into a page. */
export function translatePage() {
  document.documentElement.lang = chrome.i18n.getUILanguage();
  for (const element of document.querySelectorAll("[data-text]")) {
    element.textContent = chrome.i18n.getMessage(element.dataset.text);
  }
}
