/** A few words said at once, by the service's speech API. */
import { asLexicon } from "./corrections.js";
import { SAMPLE } from "./example.js";
import { ask } from "./service.js";

const audio = new Audio();

/**
 * Say a text; raises Refusal. What is played is silent from then on.
 * @param {string} input
 * @param {string} voice  "" for the service's own
 * @param {Record<string, string>} [lexicon]  beside the own corrections
 */
export async function speak(input, voice, lexicon) {
  const body = { model: "tts-1", input, ...(voice && { voice }), ...asLexicon(lexicon) };
  const player = document.querySelector("tingwen-player");
  if (player) /** @type {import("../component.js").Player} */ (player).pause?.();
  const sound = await (await ask("v1/audio/speech", body)).blob();
  URL.revokeObjectURL(audio.src);
  audio.src = URL.createObjectURL(sound);
  await audio.play();
}

/** A sample of a voice: always the same sentence, which the service keeps. @param {string} voice */
export const speakSample = (voice) => speak(SAMPLE, voice);
