/** Browsers inside of apps stop with their window: a way out to the device's own. */
import { create } from "../dom.js";
import { say } from "./service.js";

/** LINE follows this parameter of an address: https://developers.line.biz/en/docs/line-login/ */
const OUT_OF_LINE = "openExternalBrowser";
const IN_LINE = /\bLine\//;
const IN_OTHERS = /\bFB(AN|AV)\/|\bInstagram\b|\bMicroMessenger\//;

/** Say so at the top of the page, where it is opened inside of an app. */
export function offerWayOut() {
  const isLine = IN_LINE.test(navigator.userAgent);
  if (!isLine && !IN_OTHERS.test(navigator.userAgent)) return;
  const told = create("p", { className: "notice", id: "way-out" });
  if (isLine) {
    const url = new URL(location.href);
    url.searchParams.set(OUT_OF_LINE, "1");
    told.append(say("inApp"), " ", create("a", { href: url.href }, say("openOutside")));
  } else {
    told.append(say("inApp"), " ", say("openByMenu"));
  }
  document.querySelector("main")?.prepend(told);
}
