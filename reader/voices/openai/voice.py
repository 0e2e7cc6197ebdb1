"""The voices of an OpenAI-compatible server as a Voice."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Final

from reader.errors import BadOptions, VoiceMissing, VoiceRefused
from reader.script import Line
from reader.voices.chunks import Chunk, speak_in_chunks
from reader.voices.clip import Clip
from reader.voices.openai.settings import OpenAISettings
from reader.voices.openai.wire import MAX_CHARACTERS, SERVICE, Client, OpenAIReply
from reader.voices.protocol import Prosody, VoiceInfo
from reader.voices.remote import Guard, Pulse
from reader.voices.speech_check import check_speech
from reader.voices.transcode import gain_of_percent, to_canonical

VERSION: Final = "1"
"""Raise it whenever what we make of a server's audio changes."""


class OpenAIVoice:
    """One voice of the server: `openai:nova`, `openai:MODEL/VOICE`, or `openai` as set."""

    def __init__(self, variant: str = "", settings: OpenAISettings | None = None) -> None:
        self._settings = settings or OpenAISettings.of_environment()
        model, _, voice = variant.rpartition("/")
        self._model = model or self._settings.model
        self._voice = voice or self._settings.voice
        if not self._settings.is_usable:
            raise VoiceMissing("openai-missing")
        self._guard = _guard_of(self._settings)
        self._client = Client(self._settings)

    @property
    def name(self) -> str:
        return f"openai:{self._model}/{self._voice}"

    @property
    def version(self) -> str:
        """The server is part of it: another one says the same line differently."""
        return f"{VERSION} {self._settings.base_url.reveal()} {self._settings.format}"

    @staticmethod
    def catalogue() -> list[VoiceInfo]:
        """The voices that are set: servers have no common way to list theirs."""
        try:
            settings = OpenAISettings.of_environment()
        except BadOptions:
            return []
        return [
            VoiceInfo(
                name=f"openai:{name}",
                locale="",
                gender="",
                description="OpenAI-compatible server (TINGWEN_OPENAI_BASE_URL)",
                licence="that of the server's voice",
                needs_network=True,
                installed=settings.is_usable,
            )
            for name in settings.offered
        ]

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if prosody.pitch_hz:
            raise VoiceRefused("pitch-fixed", voice=self.name)

        async def speak_chunk(chunk: Chunk) -> Clip:
            return await self._speak_chunk(chunk, prosody)

        return await speak_in_chunks(line, MAX_CHARACTERS, len, speak_chunk)

    async def close(self) -> None:
        """Nothing is kept open between lines."""

    async def _speak_chunk(self, chunk: Chunk, prosody: Prosody) -> Clip:
        body = {
            "model": self._model,
            "input": chunk.text,
            "voice": self._voice,
            "response_format": self._settings.format,
            "speed": (100 + prosody.rate_percent) / 100,
        }

        async def ask(pulse: Pulse) -> Clip:
            reply = await self._client.speech(body, pulse)
            return await asyncio.to_thread(_check, reply, chunk, prosody)

        return await self._guard.ask(ask)


@cache
def _guard_of(settings: OpenAISettings) -> Guard:
    """One for all voices of a server."""
    return Guard(SERVICE, settings.limits)


def _check(reply: OpenAIReply, chunk: Chunk, prosody: Prosody) -> Clip:
    frames = to_canonical(reply.audio, reply.media_type, gain_of_percent(prosody.volume_percent))
    return Clip(check_speech(frames, chunk.text, prosody).frames)
