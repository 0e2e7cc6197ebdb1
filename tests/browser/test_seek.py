"""A seek lands where it says: judged by what sounds, in a narration of two hours."""

from __future__ import annotations

import base64
import hashlib
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray
from playwright.sync_api import Page

from api.app import create_app
from api.settings import Settings
from reader.clip import Clip
from reader.mpeg import canonical_frames, encode_pcm
from reader.script import Line
from reader.voices import Prosody, Voices
from tests.browser.articles import article
from tests.browser.conftest import Site, serving
from tests.browser.player import Player
from tests.sound import decoding

N_SENTENCES = 2000
N_SEEKS = 20
MOST_OFF_S = 0.1
PIECE_S = 0.48
N_PIECES = 7
N_NOISES = 8
RATE_HZ = 24_000
_SEARCH_S = 3.0
_HEARD_S = 1.2

_EAR = """
window.samples = [];
const RealAudio = window.Audio;
window.Audio = function Audio(...given) {
  const audio = new RealAudio(...given);
  window.lastAudio = audio;
  return audio;
};
window.startEar = async (seconds) => {
  if (!window.ear) {
    window.context = new AudioContext({ sampleRate: 24000 });
    window.ear = window.context.createScriptProcessor(1024, 1, 1);
    window.ear.onaudioprocess = (event) => {
      const heard = event.inputBuffer.getChannelData(0);
      if (window.listening) window.samples.push(...heard);
    };
    window.context.createMediaElementSource(window.lastAudio).connect(window.ear);
    window.ear.connect(window.context.destination);
    await window.context.resume();
  }
  window.samples = [];
  window.listening = true;
};
window.heardSoFar = () => window.samples.findLastIndex((s) => Math.abs(s) > 0.001);
window.stopEar = () => {
  window.listening = false;
  const bytes = new Uint8Array(Float32Array.from(window.samples).buffer);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
};
"""


class Noise:
    """Says each sentence as noise of its own: what is heard tells where it is heard."""

    name, version = "noise", "1"

    def __init__(self) -> None:
        rng = np.random.default_rng(7)
        n = round(PIECE_S * RATE_HZ)
        bursts = [(rng.normal(0, 3000, n)).astype("<i2").tobytes() for _ in range(N_NOISES)]
        self._pieces = [Clip(canonical_frames(encode_pcm(burst))).measured() for burst in bursts]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        digits = hashlib.sha256(line.spoken.encode()).digest()[:N_PIECES]
        return Clip.joined([self._pieces[digit % N_NOISES] for digit in digits])

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture(scope="module")
def narrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """A page with two hours of noise, and what the service says of it."""
    noise = Noise()
    settings = Settings(voice="noise", cache=str(tmp_path_factory.mktemp("cache")))
    with serving(create_app(settings, Voices(extra={"noise": lambda _: noise}))) as (url, server):
        here = Site(url, noise, server)  # type: ignore[arg-type]
        text = article("長文", N_SENTENCES, per_paragraph=8)
        yield url, here.publish(text=text, voice="noise")


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_twenty_seeks_in_two_hours(
    narrated: tuple[str, dict[str, Any]], page: Page, tmp_path: Path
) -> None:
    url, ready = narrated
    assert ready["duration"] > 2 * 3600
    whole = presented(f"{url}/v1/articles/{ready['id']}/audio.mp3", tmp_path)
    page.add_init_script(_EAR)
    player = Player.open(page, f"{url}/listen/{ready['id']}")
    said = random.Random(11).sample(ready["utterances"][1:], N_SEEKS)
    off_s = []
    for n, utterance in enumerate(said):
        target_s = utterance["start"] + 0.2 + 0.12 * n
        heard = after_seek(page, player, target_s)
        off_s.append(landed_s(heard, whole, target_s) - target_s)
    print(f"{N_SEEKS} seeks: at most {max(map(abs, off_s)) * 1000:.0f} ms off")
    assert max(map(abs, off_s)) <= MOST_OFF_S, off_s


def presented(url: str, folder: Path) -> NDArray[np.int16]:
    """The samples of the file, as ffmpeg presents them, on disk."""
    path, raw = folder / "whole.mp3", folder / "whole.raw"
    path.write_bytes(httpx.get(url, timeout=60).content)
    with raw.open("wb") as out, decoding(path) as samples:
        shutil.copyfileobj(samples, out)
    return np.memmap(raw, "<i2", mode="r")


def after_seek(page: Page, player: Player, target_s: float) -> NDArray[np.float32]:
    """What sounds from the moment that a seek has ended, without the silence before."""
    player.seek(target_s)
    page.wait_for_function("() => window.lastAudio.readyState >= 2 && !window.lastAudio.seeking")
    page.evaluate("startEar()")
    player.button("播放").click()
    page.wait_for_function("n => heardSoFar() > n", arg=_HEARD_S * RATE_HZ)
    samples = np.frombuffer(base64.b64decode(page.evaluate("stopEar()")), "<f4")
    player.button("暫停").click()
    player.wait_until("p.paused")
    first = int(np.flatnonzero(np.abs(samples) > 0.001)[0])
    return samples[first:]


def landed_s(heard: NDArray[np.float32], whole: NDArray[np.int16], target_s: float) -> float:
    """Where in the file `heard` begins: where it fits best, and nowhere else."""
    start = max(0, round((target_s - _SEARCH_S) * RATE_HZ))
    around = whole[start : round((target_s + _SEARCH_S) * RATE_HZ)].astype(float)
    piece = heard[: round(0.3 * RATE_HZ)].astype(float)
    size = 1 << (len(around) + len(piece)).bit_length()
    fits = np.fft.irfft(np.fft.rfft(around, size) * np.fft.rfft(piece, size).conj(), size)
    best = int(np.argmax(fits[: len(around) - len(piece)]))
    there = around[best : best + len(piece)]
    likeness = there @ piece / np.sqrt((there @ there) * (piece @ piece))
    assert likeness > 0.8, f"what is heard at {target_s} s is not near it: {likeness:.2f}"
    return (start + best) / RATE_HZ
