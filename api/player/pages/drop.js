/** Files that are dropped on an element; text that is dropped is the browser's to take. */

const OVER = "is-over";

/**
 * @param {HTMLElement} place
 * @param {(file: File) => void} take
 */
export function takeDrops(place, take) {
  const hasFile = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  place.addEventListener("dragover", (event) => {
    if (!hasFile(event)) return;
    event.preventDefault(); // or the browser opens the file in place of the page
    place.classList.add(OVER);
  });
  place.addEventListener("dragleave", () => place.classList.remove(OVER));
  place.addEventListener("drop", (event) => {
    place.classList.remove(OVER);
    const [file] = event.dataTransfer?.files ?? [];
    if (!file) return;
    event.preventDefault();
    take(file);
  });
}
