"""Voices for tests of the pipeline: the real embedded one, counted or made to fail."""

from __future__ import annotations

from functools import cache

from reader.errors import VoiceUnavailable
from reader.mpeg import canonical_frames, encode_pcm, silence
from reader.script import Line
from reader.voices import Prosody, Voice, Voices
from reader.voices.baker import BakerVoice
from reader.voices.clip import Clip
from tests.sound import tone


class Counted:
    """A voice that remembers what it was asked to say."""

    def __init__(self, voice: Voice, name: str = "") -> None:
        self._voice = voice
        self.name = name or voice.name
        self.version = voice.version
        self.said: list[str] = []

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.said.append(line.spoken)
        return await self._voice.speak(line, prosody)

    async def close(self) -> None:
        await self._voice.close()


class FailsAt(Counted):
    """Speaks until it is asked for the sentence number `at`, then is unavailable for ever."""

    at = 0

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if len(self.said) >= self.at:
            raise VoiceUnavailable("the service does not answer; try again later")
        return await super().speak(line, prosody)


class Silent(Counted):
    """Sends only silence."""

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        return Clip(silence(20))


def voices(**engines: Voice) -> Voices:
    """These voices by name, and no others."""
    return Voices({name: (lambda _, voice=voice: voice) for name, voice in engines.items()})


def baker() -> Counted:
    return Counted(BakerVoice())


class Tone:
    """Not speech but a tone, a second long: for tests in which the voice is not the point."""

    name = "tone"
    version = "1"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        return _tone_clip()

    async def close(self) -> None:
        """Nothing to let go of."""


@cache
def _tone_clip() -> Clip:
    return Clip(canonical_frames(encode_pcm(tone(seconds=1.0))))
