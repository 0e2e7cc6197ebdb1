/** 「換聲音」: choose among the voices, hear each, go on with another. */
import { create } from "../dom.js";
import { saveVoice } from "../storage.js";
import { button, openDialog } from "./dialog.js";
import { say } from "./service.js";
import { speakSample } from "./speech.js";
import { fillVoices } from "./voices.js";

/**
 * Let a voice be chosen.
 * @param {string} current
 * @param {(voice: string) => Promise<void>} onChosen
 */
export function openVoiceChoice(current, onChosen) {
  const select = create("select");
  select.append(new Option(say("automatic"), "auto"));
  const problem = create("p", { className: "problem", role: "alert", hidden: true });
  const during = async (/** @type {() => Promise<void>} */ act) => {
    problem.hidden = true;
    try {
      await act();
    } catch (error) {
      problem.textContent = error instanceof Error ? error.message : String(error);
      problem.hidden = false;
    }
  };
  const use = button(say("useVoice"), () =>
    during(async () => {
      saveVoice(select.value === "auto" ? "" : select.value);
      await onChosen(select.value);
      dialog.close();
    }),
  );
  const sample = button(`▶ ${say("hearSample")}`, () => during(() => speakSample(select.value)));
  const row = create("div", { className: "row" }, sample, use);
  const label = create("label", { className: "stacked" }, say("voiceName"), select);
  const dialog = openDialog(say("changeVoice"), label, problem, row);
  during(() => fillVoices(select, current));
}
