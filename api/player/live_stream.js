/** Streaming of audio that is still being made, through MediaSource: it can be sought in. */
import { once, wait } from "./timing.js";

const MP3 = "audio/mpeg";
/** Browsers refuse more than about half an hour at once; what is ahead stays below it. */
const MOST_AHEAD_S = 900;
const LOOK_AGAIN_MS = 1000;

const Source = globalThis.ManagedMediaSource ?? globalThis.MediaSource;

/** Whether this browser takes MP3 piece by piece. */
export const canStream = () => Boolean(Source?.isTypeSupported(MP3));

/**
 * The stretches of an element's audio that are here.
 * @param {HTMLMediaElement} audio
 * @returns {[from_s: number, to_s: number][]}
 */
export function bufferedStretches({ buffered }) {
  return Array.from({ length: buffered.length }, (_, i) => [buffered.start(i), buffered.end(i)]);
}

/**
 * Feed `audio` with what `url` answers until it ends; rejects if the connection breaks off, if
 * the answer is a finished file (then that is the better source), or if `signal` is aborted.
 * @param {HTMLAudioElement} audio
 * @param {string} url
 * @param {AbortSignal} signal
 */
export async function stream(audio, url, signal) {
  const source = new Source();
  audio.disableRemotePlayback = true; // ManagedMediaSource wants it
  audio.src = URL.createObjectURL(source);
  await once(source, "sourceopen");
  const buffer = source.addSourceBuffer(MP3);
  const response = await fetch(url, { signal, cache: "no-store" });
  if (response.headers.has("content-length") || !response.body) throw new Error("not a stream");
  const reader = response.body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    await roomFor(audio);
    signal.throwIfAborted();
    buffer.appendBuffer(part.value);
    await once(buffer, "updateend");
  }
  source.endOfStream();
}

/** @param {HTMLAudioElement} audio */
async function roomFor(audio) {
  const ahead_s = () => (bufferedStretches(audio).at(-1)?.[1] ?? 0) - audio.currentTime;
  while (ahead_s() > MOST_AHEAD_S) await wait(LOOK_AGAIN_MS);
}
