"""The Edge voices as a Voice: a line, in requests that the service can carry, to one clip."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Final

from reader.errors import BadAudio
from reader.script import Line
from reader.voices.chunks import Chunk, speak_in_chunks
from reader.voices.clip import Clip
from reader.voices.edge import catalogue
from reader.voices.edge.boundaries import timings_of, unsaid
from reader.voices.edge.settings import EdgeSettings
from reader.voices.edge.wire import MAX_BYTES, SERVICE, EdgeReply, request, sent_bytes
from reader.voices.protocol import Prosody, VoiceInfo
from reader.voices.remote import Guard, Pulse, from_environment
from reader.voices.speech_check import check_speech, expected_s

VERSION: Final = "1"
"""Raise it whenever what we make of the service's audio changes."""

_PACE: Final = 0.5
"""Seconds of whole deadline that each second of speech adds; the service needs a tenth."""


class EdgeVoice:
    """One of the service's voices: `edge:zh-TW-HsiaoYuNeural`."""

    version = VERSION

    def __init__(self, variant: str = "", settings: EdgeSettings | None = None) -> None:
        self._variant = catalogue.check_variant(variant or catalogue.DEFAULT)
        self.settings = settings or from_environment(EdgeSettings, "TINGWEN_EDGE")
        self._guard = _guard_of(self.settings)

    @property
    def name(self) -> str:
        return f"edge:{self._variant}"

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        """The Chinese voices of the service, as shipped with this package."""
        return list(catalogue.load_shipped())

    async def live_catalogue(self) -> list[VoiceInfo]:
        """The Chinese voices that the service lists now; raises a VoiceError if it does not."""
        return await catalogue.live(self.settings, self._guard)

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        async def speak_chunk(chunk: Chunk) -> Clip:
            return await self._speak_chunk(chunk, prosody)

        return await speak_in_chunks(line, MAX_BYTES, sent_bytes, speak_chunk)

    async def close(self) -> None:
        """Nothing is kept open between requests."""

    async def _speak_chunk(self, chunk: Chunk, prosody: Prosody) -> Clip:
        async def ask(pulse: Pulse) -> Clip:
            reply = await request(chunk.text, self._variant, prosody, self.settings, pulse)
            return await asyncio.to_thread(_check, reply, chunk, prosody)

        whole_s = self.settings.whole_s + _PACE * expected_s(chunk.text, prosody)
        return await self._guard.ask(ask, whole_s)


@cache
def _guard_of(settings: EdgeSettings) -> Guard:
    """One for all voices of the service: it is the service that is down or overloaded."""
    return Guard(SERVICE, settings.limits)


def _check(reply: EdgeReply, chunk: Chunk, prosody: Prosody) -> Clip:
    """The clip of a reply, checked and trimmed. Raises BadAudio."""
    speech = check_speech(reply.mp3, chunk.text, prosody)
    missing = unsaid(chunk.text, reply.boundaries)
    if missing:
        raise BadAudio("voice-stopped-early", service=SERVICE, text=missing[:20])
    timings = timings_of(chunk.text, reply.boundaries)
    return Clip(speech.frames, speech.timings_on_trimmed(timings))
