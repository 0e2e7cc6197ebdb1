/** `/?url=&text=&title=`: the server has put what the address brings into the field. */
import { elementOf } from "./elements.js";
import { SERVICE } from "./service.js";

/**
 * Start what was brought, where the server says that the reader brought it; from another site it
 * waits for a press. Once: neither a reload nor coming back starts it again.
 * @param {HTMLFormElement} form
 */
export async function startWhatWasBrought(form) {
  const { start } = form.dataset;
  if (!start) return;
  history.replaceState(null, "", SERVICE);
  if (start !== "now") {
    elementOf("listen", HTMLButtonElement).focus();
    return;
  }
  await whenSeen();
  form.requestSubmit();
}

/** A browser may open a page ahead of its reader. */
async function whenSeen() {
  if (!("prerendering" in document) || !document.prerendering) return;
  await new Promise((done) => document.addEventListener("prerenderingchange", done));
}
