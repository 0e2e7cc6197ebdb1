/** A dialog over the page: closed by its key, by Escape, or by a press beside it. */
import { create } from "../dom.js";
import { say } from "./service.js";

const TITLE_ID = "dialog-title";

/**
 * Open a dialog; it is gone when it is closed, and the focus is back where it was.
 * @param {string} title
 * @param {(Node | string)[]} content
 */
export function openDialog(title, ...content) {
  const heading = create("h2", { id: TITLE_ID }, title);
  const label = say("close");
  const close = create("button", { type: "button", className: "icon", ariaLabel: label }, "×");
  const head = create("div", { className: "dialog-head" }, heading, close);
  const body = create("div", { className: "dialog-body" }, ...content);
  const dialog = create("dialog", {}, head, body);
  dialog.setAttribute("aria-labelledby", TITLE_ID);
  close.onclick = () => dialog.close();
  dialog.onclick = ({ target }) => {
    if (target === dialog) dialog.close(); // its content covers it: this was beside it
  };
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** @param {string} label @param {() => unknown} press @param {string} [className] */
export function button(label, press, className = "") {
  const made = create("button", { type: "button", className }, label);
  made.onclick = press;
  return made;
}
