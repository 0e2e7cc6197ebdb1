"""Protocol of a voice: one method, and what is known about it.

A voice gets a line and gives a clip. It knows nothing of articles, caches or HTTP; it raises
the errors of the `VoiceError` branch and no others.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from reader.errors import BadOptions
from reader.script import Line
from reader.voices.clip import Clip

_RATE_PERCENT: Final = (-50, 100)
_PITCH_HZ: Final = (-100, 100)
_VOLUME_PERCENT: Final = (-50, 50)


@dataclass(frozen=True, slots=True)
class Prosody:
    """Prosody: rate, pitch and volume of a line, relative to the voice's own."""

    rate_percent: int = 0
    pitch_hz: int = 0
    volume_percent: int = 0

    def __post_init__(self) -> None:
        for name, (low, high) in (
            ("rate_percent", _RATE_PERCENT),
            ("pitch_hz", _PITCH_HZ),
            ("volume_percent", _VOLUME_PERCENT),
        ):
            value = getattr(self, name)
            if not low <= value <= high:
                raise BadOptions("prosody-bad", name=name, value=value, low=low, high=high)


@dataclass(frozen=True, slots=True)
class VoiceInfo:
    """One line of `tingwen voices`."""

    name: str
    locale: str
    gender: str
    description: str
    licence: str
    needs_network: bool
    installed: bool
    label: str = ""
    """What people are shown instead of the name, such as 小北（女，離線）."""


class Voice(Protocol):
    """An engine with one of its voices chosen."""

    @property
    def name(self) -> str:
        """The name by which it is asked for: `baker`, `edge:zh-TW-HsiaoChenNeural`."""

    @property
    def version(self) -> str:
        """Changes whenever the same line would sound different: part of the cache key."""

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        """Say `line`. Safe to call concurrently; cancelling it stops the work.

        Raises VoiceUnavailable if another try may help, VoiceRefused if not, BadAudio if
        what came back is not speech, Unpronounceable if a character has no reading.
        """

    async def close(self) -> None:
        """Let go of threads and connections. Speaking afterwards is an error."""


@runtime_checkable
class StreamingVoice(Protocol):
    """A voice that can hand out a clip's beginning before its end is spoken."""

    def stream(self, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
        """The clip in parts: joined, they are what `speak` gives for the same line."""


async def stream_of(voice: Voice, line: Line, prosody: Prosody) -> AsyncGenerator[Clip, None]:
    """`line` in as many parts as the voice can make of it, each measured."""
    if isinstance(voice, StreamingVoice):
        async with aclosing(voice.stream(line, prosody)) as parts:
            async for part in parts:
                yield await _measure(part)
    else:
        yield await _measure(await voice.speak(line, prosody))


async def _measure(clip: Clip) -> Clip:
    """With its level: known from here on, and kept with the clip."""
    return clip if clip.level else await asyncio.to_thread(clip.with_level)
