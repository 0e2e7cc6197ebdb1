/** Elements of the controls. Code holds them by reference; classes are for the style sheet. */
import css from "./controls.css";
import { create, styleSheet } from "./dom.js";
import { icon } from "./icons.js";
import { AT_END, SLEEP_MINUTES } from "./sleep_timer.js";

/** @typedef {import("./words.js").WordName} WordName */
/** @typedef {import("./words.js").Translate<WordName>} Translate */
/** @typedef {import("./controls.js").Request} Request */

const RATES = [0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2, 2.5, 3];
const SHEET = styleSheet(css);

/**
 * Build the controls in a shadow root, in place of what is in it.
 * @param {ShadowRoot} root
 * @param {Translate} translate
 */
export function build(root, translate) {
  const keys = buildKeys(translate);
  const seek = create("input", {
    className: "bar",
    type: "range",
    min: "0",
    step: "0.1",
    ariaLabel: translate("position"),
  });
  const ghost = create("i", { className: "ghost", hidden: true });
  const title = create("div", { className: "title" });
  const time = create("div", { className: "time" });
  const note = create("span", { className: "note" });
  const retry = create("button", { className: "retry" }, translate("retry"));
  const follow = create("button", { className: "follow", hidden: true }, translate("follow"));
  const status = create("div", { className: "live", role: "status" });
  const bar = create("div", { className: "seek" }, seek, ghost, note, retry);
  const box = create("section", { className: "box" }, title, time, keys.row, bar, follow, status);
  root.adoptedStyleSheets = [SHEET];
  root.replaceChildren(box);
  for (const part of root.querySelectorAll("[class]")) part.setAttribute("part", part.className);
  /** @type {[Request, HTMLButtonElement][]} */
  const buttons = [...keys.buttons, ["retry", retry], ["follow", follow]];
  return { ...keys, box, buttons, follow, ghost, note, retry, seek, status, time, title };
}

/** @param {Translate} translate */
function buildKeys(translate) {
  const toggle = create("button", { className: "toggle" }, icon("play"), icon("pause"));
  const rate = choice("speed", RATES.map((rate) => [rate, `${rate}×`]), translate);
  const previous = key("previous", icon("previous"), translate);
  const back = key("back", icon("back", "10"), translate);
  const forward = key("forward", icon("back", "10"), translate);
  const next = key("next", icon("previous"), translate);
  const sleep = choice("sleep", sleepChoices(translate), translate);
  const download = create("a", { ...named("download", translate), role: "link" }, icon("download"));
  const share = key("share", icon("share"), translate);
  const cast = key("cast", icon("cast"), translate);
  const more = key("more", icon("more"), translate);
  more.ariaExpanded = "false";
  const own = create("slot", { name: "keys" });
  const row = create("div", { className: "keys" });
  row.append(toggle, rate.label, back, forward);
  row.append(sleep.label, previous, next, download, cast, share, own, more);
  /** @type {[Request, HTMLButtonElement][]} */
  const buttons = [
    ["toggle", toggle],
    ["previous", previous],
    ["back", back],
    ["forward", forward],
    ["next", next],
    ["share", share],
    ["cast", cast],
  ];
  return {
    row,
    buttons,
    cast,
    download,
    more,
    share,
    toggle,
    rate: rate.select,
    rateShown: rate.shown,
    sleep: sleep.select,
    sleepShown: sleep.shown,
  };
}

/** @param {Translate} translate @returns {[number, string][]} */
function sleepChoices(translate) {
  const minutes = SLEEP_MINUTES.map(
    (n) => /** @type {[number, string]} */ ([n, translate("minutes", n)]),
  );
  return [[0, translate("off")], [AT_END, translate("sleepEnd")], ...minutes];
}

/**
 * Class, name and tooltip of a control.
 * @param {WordName} name
 * @param {Translate} translate
 */
function named(name, translate) {
  return { className: name, ariaLabel: translate(name), title: translate(name) };
}

/**
 * @param {WordName} name
 * @param {Node} picture
 * @param {Translate} translate
 */
function key(name, picture, translate) {
  return create("button", named(name, translate), picture);
}

/**
 * A list to choose from, unseen over what shows the choice.
 * @param {WordName} name
 * @param {[value: number, text: string][]} options
 * @param {Translate} translate
 */
function choice(name, options, translate) {
  const { className: _, ...names } = named(name, translate);
  const select = create("select", names);
  select.append(...options.map(([value, text]) => new Option(text, String(value))));
  const shown = create("span");
  return { label: create("label", { className: name }, shown, select), select, shown };
}
