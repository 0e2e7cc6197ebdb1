"""One request to an OpenAI-compatible server: `POST /audio/speech`.

Shapes: OpenAI's API reference, "Create speech" and "Error object".
"""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Final
from weakref import WeakKeyDictionary

import httpx

from reader.errors import BadAudio, VoiceError, VoiceUnavailable
from reader.voices.openai.settings import OpenAISettings
from reader.voices.remote import Pulse
from reader.voices.remote.answers import ShutOut, error_of_status

SERVICE: Final = "OpenAI-compatible"
MAX_CHARACTERS: Final = 4096
"""Of `input`, by OpenAI's reference."""

_MAX_BYTES: Final = 64 * 1024 * 1024
"""Of an answer: no line takes this long to say, in any format."""
_NO_MONEY: Final = "insufficient_quota"
"""The code of a 429 that no waiting cures."""


@dataclass(frozen=True, slots=True)
class OpenAIReply:
    audio: bytes
    media_type: str


class Client:
    """Requests to one server. While there are any, they share its connections; with the last
    these are closed, so that none outlives the event loop that it belongs to."""

    def __init__(self, settings: OpenAISettings) -> None:
        self._settings = settings
        self._shared: WeakKeyDictionary[asyncio.AbstractEventLoop, _Shared] = WeakKeyDictionary()

    async def speech(self, body: dict[str, Any], pulse: Pulse) -> OpenAIReply:
        """The audio for `body`. Raises VoiceUnavailable, VoiceRefused or BadAudio."""

        async def trace(event: str, _info: dict[str, Any]) -> None:
            if event.endswith("send_request_headers.started"):
                pulse.note_connection()

        audio = bytearray()
        try:
            async with (
                self._connections() as client,
                client.stream(
                    "POST", "audio/speech", json=body, extensions={"trace": trace}
                ) as response,
            ):
                pulse.beat()
                async for part in response.aiter_bytes():
                    pulse.beat()
                    audio += part
                    if len(audio) > _MAX_BYTES:
                        raise BadAudio("answer-too-long", most=_MAX_BYTES)
        except httpx.HTTPError as error:
            raise VoiceUnavailable(
                "server-unreachable",
                service=SERVICE,
                host=self._settings.base_url.host,
                reason=error or type(error).__name__,
            ) from error
        if response.status_code != httpx.codes.OK:
            raise _error_of(response, bytes(audio))
        return OpenAIReply(bytes(audio), response.headers.get("Content-Type", ""))

    @asynccontextmanager
    async def _connections(self) -> AsyncIterator[httpx.AsyncClient]:
        loop = asyncio.get_running_loop()
        if loop not in self._shared:
            self._shared[loop] = _Shared(self._new_client())
        shared = self._shared[loop]
        shared.n_users += 1
        try:
            yield shared.client
        finally:
            shared.n_users -= 1
            if not shared.n_users:
                del self._shared[loop]
                await shared.client.aclose()

    def _new_client(self) -> httpx.AsyncClient:
        key = self._settings.api_key
        return httpx.AsyncClient(
            base_url=self._settings.base_url.reveal(),
            headers={"Authorization": f"Bearer {key}"} if key else {},
            timeout=None,  # the pulse has the deadlines
            verify=_tls(),
        )


@cache
def _tls() -> ssl.SSLContext:
    """Certificates take tens of milliseconds to load: once a process."""
    return httpx.create_ssl_context()


@dataclass(slots=True)
class _Shared:
    client: httpx.AsyncClient
    n_users: int = 0


def _error_of(response: httpx.Response, body: bytes) -> VoiceError:
    what, code = _read_error(body)
    if code == _NO_MONEY:
        return ShutOut("server-wants-money", service=SERVICE, what=what)
    return error_of_status(SERVICE, response.status_code, response.headers, what)


def _read_error(body: bytes) -> tuple[str, str]:
    """Message and code of an error object, or the beginning of whatever came."""
    try:
        error = json.loads(body)["error"]
        return " ".join(str(error["message"]).split()), str(error.get("code", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return " ".join(body[:100].decode("utf-8", "replace").split()), ""
