/** Entry point of `/ting-wen.js`: all that a page loads until somebody wants to hear it. */
import { TingWen } from "./site/site_element.js";

if (!customElements.get("ting-wen")) customElements.define("ting-wen", TingWen);
