/** The options page: where the service is. */
import { readSettings, saveSettings, translatePage } from "./settings.js";

const element = (id) => document.getElementById(id);

translatePage();
readSettings().then(({ key, service }) => {
  element("service").value = service;
  element("key").value = key;
});
element("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  const address = element("service").value.trim();
  const isSaved = await saveSettings(address, element("key").value.trim());
  const isThere = isSaved && (await fetch(new URL("healthz", address)).catch(() => null))?.ok;
  const told = isThere ? "saved" : isSaved ? "savedUnreachable" : "notAllowed";
  element("status").textContent = chrome.i18n.getMessage(told);
});
