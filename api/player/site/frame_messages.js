/** What a frame of ours tells the page around it; it hears nothing from there. */

/** What every message is marked with. */
const SOURCE = "tingwen";
const VERSION = 1;

/**
 * Tell the page around this one of events, and of the height that is needed, until `signal` ends
 * it.
 * @param {EventTarget} element
 * @param {readonly string[]} types
 * @param {AbortSignal} signal
 */
export function tellParent(element, types, signal) {
  if (parent === window) return;
  for (const type of types) {
    const tell = (/** @type {Event} */ event) => {
      post(type, event instanceof CustomEvent ? event.detail : {});
    };
    element.addEventListener(type, tell, { signal });
  }
  const observer = new ResizeObserver(() => {
    post("resize", { height: Math.ceil(document.body.getBoundingClientRect().height) });
  });
  observer.observe(document.body);
  signal.addEventListener("abort", () => observer.disconnect(), { once: true });
}

/**
 * Anybody may frame the player and nothing here is a secret, so any page is told.
 * @param {string} event
 * @param {Record<string, unknown>} detail
 */
function post(event, detail) {
  parent.postMessage({ source: SOURCE, version: VERSION, event, ...detail }, "*");
}
