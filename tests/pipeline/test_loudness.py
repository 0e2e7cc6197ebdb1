"""As loud as podcasts are, by ffmpeg's ebur128; changed exactly, and undone bit for bit."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3

from audio_cache import Cache
from reader.article import ArticleOptions, Page, extract
from reader.errors import BadOptions
from reader.loudness import LoudnessMeter, LoudnessTarget, measure, steps_to
from reader.mpeg import GAIN_STEP_DB, canonical_frames, decode, encode_pcm, silence, with_gain
from reader.narration.assembly import Listener
from reader.narration.model import Narration
from reader.narration.narrator import Narrator, ReadOptions
from reader.script import Script, write_script
from reader.voices import Prosody, Voice
from reader.voices.baker import BakerVoice
from tests.conftest import EXAMPLES, SHARED
from tests.pipeline.recordings import Louder, every_voice, script_of
from tests.pipeline.voices import voices
from tests.sound import decoding, loudness_by_ffmpeg, tone

pytestmark = pytest.mark.usefixtures("embedded_voice")

OFF_BY_LU = 0.8


@pytest.fixture
async def baker() -> AsyncIterator[BakerVoice]:
    voice = BakerVoice()
    yield voice
    await voice.close()


class Ear(Listener):
    """What is heard while it is spoken."""

    def __init__(self) -> None:
        self.frames = b""

    def heard(self, frames: bytes) -> None:
        self.frames += frames


class Bench:
    """One voice's narrations of one script, in a cache of their own."""

    def __init__(self, folder: Path, voice: Voice, script: Script) -> None:
        self.narrator = Narrator(Cache.open(str(folder)), voices(it=voice))
        self.script = script

    async def read(
        self,
        loudness: LoudnessTarget | None,
        prosody: Prosody | None = None,
        ear: Listener | None = None,
    ) -> Narration:
        options = ReadOptions("it", prosody or Prosody(), loudness, fallback=False)
        return await self.narrator.narrate(self.script, options, ear)

    def path(self, narration: Narration) -> Path:
        path = self.narrator.store.path(narration)
        assert path is not None
        return path

    async def frames(self, narration: Narration) -> bytes:
        return b"".join([piece async for piece in self.narrator.store.frames(narration)])

    async def check(self, loudness: LoudnessTarget) -> Narration:
        """On target; the plain narration scaled by the gain; and back again."""
        plain, levelled = await self.read(None), await self.read(loudness)
        assert plain.id != levelled.id
        integrated, peak = loudness_by_ffmpeg(self.path(levelled))
        print(f"{integrated} LUFS, {peak} dBTP, {levelled.gain_steps} steps")
        assert abs(integrated - loudness.lufs) <= OFF_BY_LU
        assert peak <= loudness.true_peak_dbtp + 0.05  # ffmpeg says it to a tenth
        self.check_scaled(plain, levelled)
        undone = with_gain(await self.frames(levelled), -levelled.gain_steps)
        assert undone == await self.frames(plain)
        return levelled

    def check_scaled(self, plain: Narration, levelled: Narration) -> None:
        gain = 10 ** (levelled.gain_steps * GAIN_STEP_DB / 20)
        with (
            decoding(self.path(plain), "f32le") as before,
            decoding(self.path(levelled), "f32le") as after,
        ):
            while piece := before.read(1 << 20):
                samples = np.frombuffer(piece, "<f4")
                changed = np.frombuffer(after.read(len(piece)), "<f4")
                assert np.abs(changed - samples * gain).max() < 1e-5
                assert np.abs(changed).max() < 1
            assert not after.read(1)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["baker", "edge", "openai"])
@pytest.mark.parametrize("lufs", [-16, -19])
async def test_each_voice_is_brought_to_the_target(tmp_path: Path, name: str, lufs: int) -> None:
    async with every_voice() as found:
        levelled = await Bench(tmp_path, found[name], script_of()).check(LoudnessTarget(lufs))
    if name == "baker":
        assert levelled.gain_steps == {-16: 0, -19: -2}[lufs], "levelled before it is encoded"


@pytest.mark.thorough
@pytest.mark.parametrize("n_steps", [-7, 2])
async def test_recordings_of_any_level(tmp_path: Path, baker: BakerVoice, n_steps: int) -> None:
    voice = Louder(baker)
    voice.n_steps = n_steps
    levelled = await Bench(tmp_path, voice, script_of()).check(LoudnessTarget())
    assert levelled.gain_steps == -n_steps


async def test_the_tag_says_how_to_undo_it(tmp_path: Path, baker: BakerVoice) -> None:
    voice = Louder(baker)
    voice.n_steps = -7
    bench = Bench(tmp_path, voice, script_of("今天放晴，氣溫回升。"))
    levelled = await bench.read(LoudnessTarget())
    assert levelled.gain_steps > 0
    undo = str(ID3(bench.path(levelled))["TXXX:MP3GAIN_UNDO"])
    assert undo == f"{-levelled.gain_steps:+04d},{-levelled.gain_steps:+04d},N"


async def test_a_listener_of_the_embedded_voice_hears_the_file(
    tmp_path: Path, baker: BakerVoice
) -> None:
    bench, ear = Bench(tmp_path, baker, script_of()), Ear()
    narration = await bench.read(LoudnessTarget(), ear=ear)
    assert ear.frames == await bench.frames(narration)


async def test_a_listener_of_a_quiet_voice_hears_it_raised(
    tmp_path: Path, baker: BakerVoice
) -> None:
    voice, ear = Louder(baker), Ear()
    voice.n_steps = -7
    bench = Bench(tmp_path, voice, script_of())
    narration = await bench.read(LoudnessTarget(), ear=ear)
    levels = [measure_lufs(frames) for frames in (ear.frames, await bench.frames(narration))]
    assert abs(levels[0] - levels[1]) <= 2 * GAIN_STEP_DB
    assert len(ear.frames) == len(await bench.frames(narration))


@pytest.mark.thorough
async def test_louder_is_louder(tmp_path: Path, baker: BakerVoice) -> None:
    bench = Bench(tmp_path, baker, script_of())
    loud = await bench.read(LoudnessTarget(-19), Prosody(volume_percent=40))
    usual = await bench.read(LoudnessTarget(-19))
    by_ear = [loudness_by_ffmpeg(bench.path(one))[0] for one in (loud, usual)]
    assert by_ear[0] - by_ear[1] == pytest.approx(20 * math.log10(1.4), abs=1.0)


def measure_lufs(frames: bytes) -> float:
    meter = LoudnessMeter()
    meter.add(measure(frames))
    return meter.integrated_lufs()


async def test_the_meter_agrees_with_ffmpeg(tmp_path: Path, baker: BakerVoice) -> None:
    bench = Bench(tmp_path, baker, script_of())
    narration = await bench.read(None)
    integrated, peak = loudness_by_ffmpeg(bench.path(narration))
    level = measure(await bench.frames(narration))
    assert measure_lufs(await bench.frames(narration)) == pytest.approx(integrated, abs=0.1)
    assert level.true_peak_dbtp == pytest.approx(peak, abs=0.3)


def test_a_peak_stops_the_gain() -> None:
    """A tone as loud as it can be is not raised, however quiet its silences make the whole."""
    meter = LoudnessMeter()
    meter.add(measure(_tone_frames()))
    meter.true_peak_dbtp = -1.5
    assert steps_to(LoudnessTarget(-9), meter) <= 0
    assert steps_to(LoudnessTarget(), LoudnessMeter()) == 0, "nothing heard, nothing changed"


def _tone_frames() -> bytes:
    return canonical_frames(encode_pcm(tone(2.0)))


def test_silence_has_no_loudness() -> None:
    assert measure(silence(50)).is_heard is False
    assert math.isinf(measure_lufs(silence(50)))
    assert not decode(silence(3)).any()


@pytest.mark.parametrize("wrong", [{"lufs": 0.0}, {"lufs": -90.0}, {"true_peak_dbtp": 3.0}])
def test_targets_that_cannot_work(wrong: dict[str, float]) -> None:
    with pytest.raises(BadOptions):
        LoudnessTarget(**wrong)


PAGES = [EXAMPLES / "article.html", *sorted((SHARED / "data/extraction/html").glob("*.html"))]


@pytest.mark.slow
@pytest.mark.timeout(900)
async def test_every_page_of_the_test_set(tmp_path: Path) -> None:
    """In the embedded voice and in the recordings that the test servers send."""
    async with every_voice() as found:
        for page in PAGES:
            script = write_script(extract(Page(page.read_bytes(), "html"), ArticleOptions()))
            for name, voice in found.items():
                for lufs in (-16, -19):
                    print(page.name, name, end=": ")
                    await Bench(tmp_path / name, voice, script).check(LoudnessTarget(lufs))
