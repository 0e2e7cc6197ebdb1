"""A voice whose every sentence is a tone of its own, so that a test can tell what is heard."""

from __future__ import annotations

import asyncio
import threading
from functools import cache

from reader.errors import VoiceUnavailable
from reader.mpeg import canonical_frames, encode_pcm
from reader.script import Line
from reader.voices import Prosody, VoiceInfo
from reader.voices.baker import BakerVoice
from reader.voices.clip import Clip
from tests.sound import tone

TONES_HZ = (400, 600, 800, 1000, 1200, 1400)


class ToneVoice:
    """Says each sentence as one tone; slow or broken when a test wants it so."""

    name = "tone"

    def __init__(self) -> None:
        self.version = "1"
        self.seconds = 2.0
        self.delay_s = 0.0
        """How long a sentence takes to be made."""
        self._waits_after: int | None = None
        self._goes_on = threading.Event()
        self.fails_after: int | None = None
        """How many sentences are said before it fails for good; None for never."""
        self.breaks_baker = False
        self.said: list[str] = []
        self._order: dict[str, int] = {}

    def hz_of(self, spoken: str) -> int:
        """The tone of a sentence: in the order in which sentences were first asked for."""
        return TONES_HZ[self._order.setdefault(spoken, len(self._order)) % len(TONES_HZ)]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        hz = self.hz_of(line.spoken)
        self.said.append(line.spoken)
        if self._waits_after is not None and len(self.said) > self._waits_after:
            await asyncio.to_thread(self._goes_on.wait)
        await asyncio.sleep(self.delay_s)
        if self._is_broken():
            raise VoiceUnavailable("the service does not answer; try again later")
        return _clip(hz, self.seconds)

    async def close(self) -> None:
        pass

    def wait_after(self, sentences: int) -> None:
        """Say so many more sentences, then wait for `go_on`."""
        self._goes_on.clear()
        self._waits_after = len(self.said) + sentences

    def go_on(self) -> None:
        self._waits_after = None
        self._goes_on.set()

    def reset(self) -> None:
        """As it was at first."""
        self.seconds, self.delay_s = 2.0, 0.0
        self.go_on()
        self.fails_after, self.breaks_baker = None, False

    def _is_broken(self) -> bool:
        if self.fails_after is None:
            return False
        self.fails_after = max(-1, self.fails_after - 1)
        return self.fails_after < 0


@cache
def _clip(hz: int, seconds: float) -> Clip:
    return Clip(canonical_frames(encode_pcm(tone(seconds, hz)))).with_level()


class Breakable:
    """The real embedded voice, out of order while the tone is."""

    name = "baker"

    def __init__(self, tone_voice: ToneVoice) -> None:
        self._tone = tone_voice
        self._voice: BakerVoice | None = None
        self.version = BakerVoice.version

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if self._tone.breaks_baker:
            raise VoiceUnavailable("the service does not answer; try again later")
        self._voice = self._voice or BakerVoice()
        return await self._voice.speak(line, prosody)

    async def close(self) -> None:
        if self._voice is not None:
            await self._voice.close()

    def __call__(self, variant: str = "") -> Breakable:  # noqa: ARG002
        """As an engine of the registry opens it."""
        return self

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        return BakerVoice.catalogue()
