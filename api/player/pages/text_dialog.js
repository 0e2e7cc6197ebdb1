/** 「Aa」: size and spacing of the text, what is marked, what the keys of a headset do. */
import { create } from "../dom.js";
import { button, openDialog } from "./dialog.js";
import { say } from "./service.js";
import { changeTextSettings, readTextSettings } from "./text_settings.js";

/** @param {() => unknown} onChanged */
export function openTextDialog(onChanged) {
  const change = (/** @type {Partial<import("./text_settings.js").TextSettings>} */ changes) => {
    changeTextSettings(changes);
    onChanged();
  };
  openDialog(
    say("textSettings"),
    stepper(say("textSize"), (by) => change({ size: readTextSettings().size + by })),
    stepper(say("lineSpacing"), (by) => change({ line: readTextSettings().line + by })),
    choice(say("markWord"), readTextSettings().marksWord, (isOn) => change({ marksWord: isOn })),
    choice(say("trackKeys"), readTextSettings().tracks, (isOn) => change({ tracks: isOn })),
  );
}

/** @param {string} label @param {(by: number) => void} step */
function stepper(label, step) {
  const less = button("−", () => step(-1));
  less.ariaLabel = say("less", label);
  const more = button("＋", () => step(1));
  more.ariaLabel = say("moreOf", label);
  return create("div", { className: "setting" }, create("span", {}, label), less, more);
}

/** @param {string} label @param {boolean} isOn @param {(isOn: boolean) => void} set */
function choice(label, isOn, set) {
  const box = create("input", { type: "checkbox", checked: isOn });
  box.onchange = () => set(box.checked);
  return create("label", { className: "setting" }, create("span", {}, label), box);
}
