"""One request to the service through edge-tts's `Communicate`, and whether it was whole."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape

import aiohttp
from edge_tts import Communicate
from edge_tts.exceptions import (
    EdgeTTSException,
    NoAudioReceived,
    SkewAdjustmentError,
    WebSocketError,
)

from reader.errors import BadAudio, VoiceError, VoiceUnavailable
from reader.voices.edge.boundaries import Boundary
from reader.voices.edge.endpoint import EndpointConnector
from reader.voices.edge.settings import EdgeSettings
from reader.voices.protocol import Prosody
from reader.voices.remote import Pulse
from reader.voices.remote.answers import ShutOut, error_of_status

SERVICE: Final = "Edge"
MAX_BYTES: Final = 4000
"""UTF-8 bytes of one request's text after XML escaping; the service takes 4,096. edge-tts
splits longer text, but only at spaces, which Chinese does not have: 18,000 bytes pass its
limit in one piece. So nothing longer ever reaches it."""

_TICKS_PER_S: Final = 10_000_000
_NEVER_S: Final = 3600
"""edge-tts's own time-outs count whole seconds and phases of its own; ours come first."""

MALFORMED: Final = (EdgeTTSException, ValueError, LookupError, TypeError, AttributeError)
"""What edge-tts lets through when a message is not what it expects: it parses unguarded."""


@dataclass(frozen=True, slots=True)
class EdgeReply:
    """Reply of the service to one chunk, whole to its own word."""

    mp3: bytes
    boundaries: tuple[Boundary, ...]


def sent_bytes(character: str) -> int:
    """Bytes of `MAX_BYTES` that a character takes."""
    return len(escape(character).encode("utf-8", "replace"))


async def request(
    text: str, voice: str, prosody: Prosody, settings: EdgeSettings, pulse: Pulse
) -> EdgeReply:
    """Ask for `text`, at most `MAX_BYTES` long. Cancelled, it stops at once.

    Raises VoiceUnavailable, VoiceRefused or BadAudio.
    """
    connector = EndpointConnector(
        settings.endpoint.reveal(), bool(settings.proxy), pulse.note_connection
    )
    communicate = Communicate(
        text,
        voice,
        rate=f"{prosody.rate_percent:+d}%",
        volume=f"{prosody.volume_percent:+d}%",
        pitch=f"{prosody.pitch_hz:+d}Hz",
        boundary="WordBoundary",
        connector=connector,
        proxy=settings.proxy.reveal() or None,
        connect_timeout=_NEVER_S,
        receive_timeout=_NEVER_S,
    )
    work = asyncio.create_task(_collect(communicate, pulse))
    try:
        return await asyncio.shield(work)
    except asyncio.CancelledError:
        connector.abort()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        raise
    finally:
        await connector.shut()


async def _collect(communicate: Communicate, pulse: Pulse) -> EdgeReply:
    mp3 = bytearray()
    boundaries: list[Boundary] = []
    try:
        async with aclosing(communicate.stream()) as messages:
            async for message in messages:
                pulse.beat()
                if message["type"] == "audio":
                    mp3 += message["data"]
                else:
                    start_s = message["offset"] / _TICKS_PER_S
                    end_s = start_s + message["duration"] / _TICKS_PER_S
                    boundaries.append(Boundary(message["text"], start_s, end_s))
    except (aiohttp.ClientError, OSError, *MALFORMED) as error:
        raise translate_error(error) from error
    if communicate.state["cumulative_audio_bytes"] != len(mp3):
        # edge-tts adds up at `turn.end` only, and ends quietly when that never comes.
        raise BadAudio("voice-broke-off", service=SERVICE, n_bytes=len(mp3))
    return EdgeReply(bytes(mp3), tuple(boundaries))


def translate_error(error: Exception) -> VoiceError:
    if isinstance(error, aiohttp.ClientResponseError):
        return error_of_status(SERVICE, error.status, error.headers or {}, error.message)
    if isinstance(error, SkewAdjustmentError):
        return ShutOut("voice-no-clock", service=SERVICE, reason=error)
    if isinstance(error, aiohttp.ClientError | OSError | WebSocketError):
        what = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return VoiceUnavailable("voice-unreachable", service=SERVICE, reason=what)
    if isinstance(error, NoAudioReceived):
        return BadAudio("voice-no-audio", service=SERVICE)
    return BadAudio("voice-unreadable", service=SERVICE, reason=error)
