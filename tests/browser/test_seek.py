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
from fastapi import Response
from numpy.typing import NDArray
from playwright.sync_api import Page

from api.app import create_app
from api.settings import Settings
from reader.mpeg import canonical_frames, encode_pcm
from reader.script import Line
from reader.voices import Prosody, Voices
from reader.voices.clip import Clip
from tests.browser.articles import article
from tests.browser.conftest import Site
from tests.browser.player import Player
from tests.server import serving
from tests.sound import decoding

N_SENTENCES = 2000
N_SEEKS = 20
MOST_OFF_S = 0.1
PIECE_S = 0.48
N_PIECES = 7
N_NOISES = 48
RATE_HZ = 24_000
_SEARCH_S = 3.0
_COMPARED_S = 0.5

_TAP = """
registerProcessor("tap", class extends AudioWorkletProcessor {
  process(inputs) {
    if (inputs[0][0]) this.port.postMessage(inputs[0][0].slice());
    return true;
  }
});
"""
_EAR = """
window.samples = [];
const RealAudio = window.Audio;
window.Audio = function Audio(...given) {
  window.lastAudio = new RealAudio(...given);
  return window.lastAudio;
};
window.startEar = async () => {
  if (!window.tap) {
    const context = new AudioContext({ sampleRate: 24000 });
    await context.audioWorklet.addModule("/tap.js");
    window.tap = new AudioWorkletNode(context, "tap");
    window.tap.port.onmessage = ({ data }) => window.samples.push(...data);
    context.createMediaElementSource(window.lastAudio).connect(window.tap);
    window.tap.connect(context.destination);
    await context.resume();
  }
  window.samples = [];
};
window.soundingFrom = () => window.samples.findIndex((sample) => Math.abs(sample) > 0.001);
window.heard = () => {
  const bytes = new Uint8Array(Float32Array.from(window.samples).buffer);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
};
"""


class Noise:
    """Says each sentence as noise of its own: what is heard tells where it is heard."""

    name, version = "noise", "1"

    def __init__(self) -> None:
        rng = np.random.default_rng(7)
        n = round(PIECE_S * RATE_HZ)
        bursts = [(rng.normal(0, 3000, n)).astype("<i2").tobytes() for _ in range(N_NOISES)]
        self._pieces = [Clip(canonical_frames(encode_pcm(burst))).with_level() for burst in bursts]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        digits = hashlib.sha256(line.spoken.encode()).digest()[:N_PIECES]
        return Clip.join([self._pieces[digit % N_NOISES] for digit in digits])

    async def close(self) -> None:
        """Nothing to let go of."""


@pytest.fixture(scope="module")
def narrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, dict[str, Any]]]:
    """A page with two hours of noise, and what the service says of it."""
    noise = Noise()
    settings = Settings(voice="noise", cache=str(tmp_path_factory.mktemp("cache")))
    app = create_app(settings, Voices(extra={"noise": lambda _: noise}))
    # From the page's own site, as its Content-Security-Policy wants.
    app.add_api_route("/tap.js", lambda: Response(_TAP, media_type="text/javascript"))
    with serving(app) as (url, server):
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
    player.button("播放").click()  # nothing of a file is fetched before
    player.wait_until_past(0.1)
    player.button("暫停").click()
    said = random.Random(11).sample(ready["utterances"][1:], N_SEEKS)
    off_s = []
    for n, utterance in enumerate(said):
        target_s = utterance["start"] + 0.2 + 0.12 * n
        landed = (landed_s(after_seek(page, player, target_s), whole, target_s) for _ in range(4))
        off_s.append(next(at_s for at_s in landed if at_s is not None) - target_s)
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
    enough = "n => soundingFrom() >= 0 && samples.length - soundingFrom() > n"
    page.wait_for_function(enough, arg=2 * _COMPARED_S * RATE_HZ)
    samples = np.frombuffer(base64.b64decode(page.evaluate("heard()")), "<f4")
    player.button("暫停").click()
    player.wait_until("p.paused")
    return samples[int(np.flatnonzero(np.abs(samples) > 0.001)[0]) :]


def landed_s(heard: NDArray[np.float32], whole: NDArray[np.int16], target_s: float) -> float | None:
    """Where in the file `heard` begins: where it fits, and nowhere else does. None if it fits
    nowhere: a busy machine's audio thread leaves holes, and then nobody can tell."""
    start = max(0, round((target_s - _SEARCH_S) * RATE_HZ))
    around = whole[start : round((target_s + _SEARCH_S) * RATE_HZ)].astype(float)
    piece = heard[: round(_COMPARED_S * RATE_HZ)].astype(float)
    n_places = len(around) - len(piece)
    size = 1 << (len(around) + len(piece)).bit_length()
    products = np.fft.irfft(np.fft.rfft(around, size) * np.fft.rfft(piece, size).conj(), size)
    sums = np.concatenate(([0.0], np.cumsum(around**2)))
    energies = sums[len(piece) :] - sums[: -len(piece)]
    likeness = products[:n_places] / np.sqrt((energies[:n_places] + 1) * (piece @ piece))
    best = int(np.argmax(likeness))
    return (start + best) / RATE_HZ if likeness[best] > 0.9 else None
