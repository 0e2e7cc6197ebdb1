"""One request to an OpenAI-compatible server: `POST /audio/speech`.

Shapes: OpenAI's API reference, "Create speech" and "Error object".
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
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
class Reply:
    audio: bytes
    media_type: str


class Client:
    """Connections to one server, kept open, those of each event loop apart."""

    def __init__(self, settings: OpenAISettings) -> None:
        self._settings = settings
        self._clients: WeakKeyDictionary[asyncio.AbstractEventLoop, httpx.AsyncClient] = (
            WeakKeyDictionary()
        )

    async def speech(self, body: dict[str, Any], pulse: Pulse) -> Reply:
        """The audio for `body`. Raises VoiceUnavailable, VoiceRefused or BadAudio."""

        async def trace(event: str, _info: dict[str, Any]) -> None:
            if event.endswith("send_request_headers.started"):
                pulse.connected()

        audio = bytearray()
        try:
            async with self._client().stream(
                "POST", "audio/speech", json=body, extensions={"trace": trace}
            ) as response:
                pulse.beat()
                async for part in response.aiter_bytes():
                    pulse.beat()
                    audio += part
                    if len(audio) > _MAX_BYTES:
                        raise BadAudio(f"more than {_MAX_BYTES} bytes came back for one line")
        except httpx.HTTPError as error:
            raise VoiceUnavailable(
                f"the {SERVICE} server at {self._settings.base_url} cannot be reached "
                f"({error or type(error).__name__}); start it or choose another voice"
            ) from error
        if response.status_code != httpx.codes.OK:
            raise _error_of(response, bytes(audio))
        return Reply(bytes(audio), response.headers.get("Content-Type", ""))

    async def close(self) -> None:
        """Close the connections of the running event loop; the others went with theirs."""
        client = self._clients.pop(asyncio.get_running_loop(), None)
        if client is not None:
            await client.aclose()

    def _client(self) -> httpx.AsyncClient:
        loop = asyncio.get_running_loop()
        if loop not in self._clients:
            key = self._settings.api_key
            self._clients[loop] = httpx.AsyncClient(
                base_url=self._settings.base_url,
                headers={"Authorization": f"Bearer {key}"} if key else {},
                timeout=None,
            )
        return self._clients[loop]


def _error_of(response: httpx.Response, body: bytes) -> VoiceError:
    what, code = _said(body)
    if code == _NO_MONEY:
        return ShutOut(f"the {SERVICE} server says: {what}; pay, or choose another voice")
    return error_of_status(SERVICE, response.status_code, response.headers, what)


def _said(body: bytes) -> tuple[str, str]:
    """Message and code of an error object, or the beginning of whatever came."""
    try:
        error = json.loads(body)["error"]
        return " ".join(str(error["message"]).split()), str(error.get("code", ""))
    except (ValueError, LookupError, TypeError, AttributeError):
        return " ".join(body[:100].decode("utf-8", "replace").split()), ""
