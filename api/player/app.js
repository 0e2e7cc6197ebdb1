/** Entry point of `/app.js`: what our own pages do, each named by `<body data-page>`. */
import { startHelp } from "./pages/help.js";
import { startHome } from "./pages/home.js";
import { offerWayOut } from "./pages/in_app.js";
import { startListen } from "./pages/listen.js";
import { startPodcast } from "./pages/podcast.js";
import { startReceive } from "./pages/receive.js";

/** @type {Record<string, () => void>} */
const PAGES = {
  help: startHelp,
  home: startHome,
  listen: startListen,
  podcast: startPodcast,
  receive: startReceive,
};

const page = document.body.dataset.page ?? "";
const start = PAGES[page];
if (!start) throw new Error(`no script for the page "${page}"`);
start();
offerWayOut();
