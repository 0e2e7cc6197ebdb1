"""The promises of a voice as checks that a plugin's author can run.

From pytest:

    from reader.voices.contract import VoiceContract

    class TestMyVoice(VoiceContract):
        def open_voice(self):
            return MyVoice()

From the shell, for a voice that is installed: `python -m reader.voices.contract my-voice`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import ClassVar, Final

import numpy as np

from reader.errors import VoiceError, VoiceRefused
from reader.mpeg import FRAME_S, canonical_frames
from reader.script import Line, Reading
from reader.voices.clip import Clip
from reader.voices.frame_levels import QUIET_DBFS, levels_dbfs
from reader.voices.protocol import Prosody, StreamingVoice, Voice, stream_of
from reader.voices.registry import Voices

SHORT: Final = Line("今天台北放晴。")
LONG: Final = Line("中央氣象署表示，今天各地大多是晴朗的天氣，氣溫也逐漸回升，外出請記得防曬。")
MIXED: Final = Line("他在 Google 工作，下班後看 N B A 轉播，也寫 Python 程式。")
PUNCTUATED: Final = Line("他說：「這本書叫『春天』（上冊）——很好看……」、我同意；你呢？真的！")
LONGEST: Final = Line("今天天氣很好" * 40)
WITH_READING: Final = Line("他姓單。", (Reading(2, 3, ("shan4",)),))
UNHEARD: Final = (Line(""), Line("，。"), Line("……「」"))

_MAX_LEAD_S: Final = 0.4
_MAX_TAIL_S: Final = 0.8
_SLOWEST_SYLLABLE_S: Final = 1.0
_FASTEST_SYLLABLE_S: Final = 0.06

OpenVoice = Callable[[], Voice]


class PromiseBroken(AssertionError):
    """A voice did not do what every voice promises."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise; `check` raises PromiseBroken."""

    name: str
    text: str
    check: Callable[[OpenVoice], Awaitable[None]]


PROMISES: list[Promise] = []


class VoiceContract:
    """Derive a test class from it and say how your voice is opened."""

    __test__: ClassVar[bool] = False

    def open_voice(self) -> Voice:
        """A voice to be checked; called for each check anew."""
        raise PromiseBroken("say in `open_voice` which voice is to be checked")

    def __init_subclass__(cls) -> None:
        cls.__test__ = True


def _promise(check: Callable[[OpenVoice], Awaitable[None]]) -> None:
    """Register a check under the name of its function and the text of its docstring."""
    promise = Promise(check.__name__, " ".join((check.__doc__ or "").split()), check)
    PROMISES.append(promise)

    def test(self: VoiceContract) -> None:
        asyncio.run(_run(promise, self.open_voice))

    test.__doc__ = promise.text
    setattr(VoiceContract, f"test_{promise.name}", test)


async def _run(promise: Promise, open_voice: OpenVoice) -> None:
    try:
        await promise.check(open_voice)
    except PromiseBroken:
        raise
    except Exception as error:
        raise PromiseBroken(f"{promise.name}: {type(error).__name__}: {error}") from error


@asynccontextmanager
async def _open(open_voice: OpenVoice) -> AsyncIterator[Voice]:
    voice = open_voice()
    try:
        yield voice
    finally:
        await voice.close()


def _require(holds: bool, otherwise: str) -> None:
    if not holds:
        raise PromiseBroken(otherwise)


def _check_clip(clip: Clip, line: Line) -> None:
    """Check what holds for every clip, whatever was said. Raises PromiseBroken."""
    _require(
        canonical_frames(clip.frames) == clip.frames,
        "a clip is canonical frames and nothing else: no tags, no Info frame",
    )
    loud = np.flatnonzero(levels_dbfs(clip.frames) > QUIET_DBFS)
    _require(len(loud) > 0, f"{line.spoken!r} came back as silence")
    lead_s = float(loud[0]) * FRAME_S
    tail_s = clip.duration_s - float(loud[-1] + 1) * FRAME_S
    _require(lead_s <= _MAX_LEAD_S, f"{lead_s:.2f} s of silence before {line.spoken!r}")
    _require(tail_s <= _MAX_TAIL_S, f"{tail_s:.2f} s of silence after {line.spoken!r}")
    position, time_s = 0, 0.0
    for timing in clip.timings:
        _require(
            position <= timing.start < timing.end <= len(line.spoken),
            f"{timing} is not ahead of the timings before it and within {line.spoken!r}",
        )
        _require(
            time_s <= timing.start_s <= timing.end_s <= clip.duration_s + FRAME_S,
            f"{timing} is not after the timings before it and within {clip.duration_s:.3f} s",
        )
        position, time_s = timing.start, timing.start_s


async def _speak(voice: Voice, line: Line, prosody: Prosody | None = None) -> Clip:
    clip = await voice.speak(line, prosody or Prosody())
    _check_clip(clip, line)
    return clip


@_promise
async def has_a_name_and_a_version(open_voice: OpenVoice) -> None:
    """The name is what a caller asks for, the version is not empty, and both stay the same:
    they are part of the cache's keys."""
    async with _open(open_voice) as one, _open(open_voice) as two:
        for voice in (one, two):
            _require(bool(voice.name.strip()) and voice.name == voice.name.strip(), "no name")
            _require(bool(voice.version), "no version")
        _require((one.name, one.version) == (two.name, two.version), "name or version changes")


@_promise
async def speaks_a_sentence(open_voice: OpenVoice) -> None:
    """A sentence becomes canonical frames with speech in them and little silence around it."""
    async with _open(open_voice) as voice:
        await _speak(voice, SHORT)


@_promise
async def takes_longer_for_more(open_voice: OpenVoice) -> None:
    """The length follows the text."""
    async with _open(open_voice) as voice:
        short, long = await _speak(voice, SHORT), await _speak(voice, LONG)
        _require(
            2 * short.duration_s < long.duration_s,
            f"{SHORT.spoken} takes {short.duration_s:.1f} s, {LONG.spoken} {long.duration_s:.1f} s",
        )


@_promise
async def speaks_latin_and_letters(open_voice: OpenVoice) -> None:
    """Latin words and spelled letters among Chinese are spoken."""
    async with _open(open_voice) as voice:
        await _speak(voice, MIXED)


@_promise
async def takes_every_punctuation_mark(open_voice: OpenVoice) -> None:
    """Chinese punctuation of every kind is taken."""
    async with _open(open_voice) as voice:
        await _speak(voice, PUNCTUATED)


@_promise
async def speaks_the_longest_line(open_voice: OpenVoice) -> None:
    """A line of 240 characters without punctuation is spoken, all of it."""
    async with _open(open_voice) as voice:
        clip = await _speak(voice, LONGEST)
        n = len(LONGEST.spoken)
        _require(
            n * _FASTEST_SYLLABLE_S < clip.duration_s < n * _SLOWEST_SYLLABLE_S,
            f"{n} characters took {clip.duration_s:.1f} s",
        )


@_promise
async def takes_the_lexicons_readings(open_voice: OpenVoice) -> None:
    """A line with a reading of the lexicon is spoken."""
    async with _open(open_voice) as voice:
        await _speak(voice, WITH_READING)


@_promise
async def says_so_when_there_is_nothing_to_say(open_voice: OpenVoice) -> None:
    """Nothing, or punctuation only, is a VoiceError, not silence."""
    async with _open(open_voice) as voice:
        for line in UNHEARD:
            try:
                await voice.speak(line, Prosody())
            except VoiceError:
                continue
            raise PromiseBroken(f"{line.spoken!r} was spoken")


@_promise
async def changes_its_rate(open_voice: OpenVoice) -> None:
    """Faster is shorter, slower is longer; a voice that cannot, refuses."""
    async with _open(open_voice) as voice:
        with suppress(VoiceRefused):
            lengths = [
                (await _speak(voice, LONG, Prosody(rate_percent=rate))).duration_s
                for rate in (50, 0, -30)
            ]
            _require(lengths == sorted(set(lengths)), f"+50, 0, −30 %: {lengths} s")


@_promise
async def takes_every_prosody(open_voice: OpenVoice) -> None:
    """Pitch and volume are followed or refused."""
    async with _open(open_voice) as voice:
        for prosody in (Prosody(pitch_hz=20), Prosody(volume_percent=-20)):
            with suppress(VoiceRefused):
                await _speak(voice, SHORT, prosody)


@_promise
async def speaks_several_lines_at_once(open_voice: OpenVoice) -> None:
    """Concurrent callers each get their own line."""
    async with _open(open_voice) as voice:
        lines = (SHORT, LONG, MIXED, SHORT)
        clips = await asyncio.gather(*(_speak(voice, line) for line in lines))
        _require(clips[0].duration_s * 2 < clips[1].duration_s, "clips were mixed up")


@_promise
async def streams_what_it_speaks(open_voice: OpenVoice) -> None:
    """A voice that hands out a clip in parts hands out the clip that it would speak."""
    async with _open(open_voice) as voice:
        parts = [part async for part in stream_of(voice, LONG, Prosody())]
        joined = Clip.join(parts)
        _check_clip(joined, LONG)
        if isinstance(voice, StreamingVoice):
            whole = await _speak(voice, LONG)
            _require(joined.frames == whole.frames, "the parts joined are another clip")


@_promise
async def can_be_cancelled(open_voice: OpenVoice) -> None:
    """A cancelled call ends, and the voice speaks on."""
    async with _open(open_voice) as voice:
        task = asyncio.create_task(voice.speak(LONGEST, Prosody()))
        await asyncio.sleep(0)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await _speak(voice, SHORT)


@_promise
async def works_in_another_event_loop(open_voice: OpenVoice) -> None:
    """An open voice may be used from one event loop after another: workers do."""
    voice = open_voice()
    for _ in range(2):
        await asyncio.to_thread(asyncio.run, _speak(voice, SHORT))
    await voice.close()


def main() -> int:
    """Check the voices named on the command line; the exit status is 1 if a promise broke."""
    n_broken = 0
    for name in sys.argv[1:]:

        def open_voice(name: str = name) -> Voice:
            return Voices().open(name)

        for promise in PROMISES:
            try:
                asyncio.run(_run(promise, open_voice))
                print(f"{name}: kept    {promise.text}")
            except PromiseBroken as broken:
                n_broken += 1
                print(f"{name}: BROKEN  {promise.text} ({broken})")
    return 1 if n_broken else 0


if __name__ == "__main__":
    sys.exit(main())
