/** Entry point of `/app.js`: what our own pages do, each named by `<body data-page>`. */
import { startHome } from "./pages/home.js";
import { startListen } from "./pages/listen.js";

/** @type {Record<string, () => void>} */
const PAGES = { home: startHome, listen: startListen };

const page = document.body.dataset.page ?? "";
const start = PAGES[page];
if (!start) throw new Error(`no script for the page "${page}"`);
start();
