"""Errors for the HTTP statuses of a service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from reader.errors import Fact, VoiceError, VoiceRefused, VoiceUnavailable

_SHUT_OUT: Final = frozenset({401, 402, 403, 404, 405, 407, 410, 426, 451})
_TRANSIENT: Final = frozenset({408, 409, 425, 429})


class Busy(VoiceUnavailable):
    """The service wants to be left alone for `retry_after_s` seconds."""

    def __init__(self, kind: str = "", /, retry_after_s: float = 0.0, **facts: Fact) -> None:
        super().__init__(kind, **facts)
        self.retry_after_s = retry_after_s


class ShutOut(VoiceRefused):
    """The service would refuse any line, not only this one."""


def error_of_status(service: str, status: int, headers: Mapping[str, str], what: str) -> VoiceError:
    """The error for an answer of `status`; `what` is the service's own word, may be empty."""
    facts: dict[str, Fact] = {"service": service, "status": status, "what": what or "no reason"}
    if status in _TRANSIENT or status >= 500:
        return Busy("voice-busy", _seconds(headers.get("Retry-After", "")), **facts)
    if status in _SHUT_OUT:
        return ShutOut("voice-shut-out", **facts)
    return VoiceRefused("voice-refused-line", **facts)


def _seconds(retry_after: str) -> float:
    return float(retry_after) if retry_after.isdecimal() else 0.0
