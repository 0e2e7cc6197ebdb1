/** `/help`: the bookmark to drag. */
import { bookmarkAddress } from "./bookmarklet.js";
import { elementOf } from "./elements.js";
import { say } from "./service.js";

export function startHelp() {
  const bookmark = elementOf("bookmark", HTMLAnchorElement);
  bookmark.href = bookmarkAddress();
  bookmark.hidden = false;
  bookmark.onclick = (event) => {
    event.preventDefault();
    elementOf("status", HTMLElement).textContent = say("dragIt");
  };
}
