/** Entry point of `/player.js`: the component, all that a page of somebody else loads. */
import { Player } from "./component.js";

if (!customElements.get("tingwen-player")) customElements.define("tingwen-player", Player);
