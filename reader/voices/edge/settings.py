"""Settings of the Edge service, each by `TINGWEN_EDGE_` and the name in capitals."""

from __future__ import annotations

from dataclasses import dataclass

from reader.errors import BadOptions
from reader.voices.remote import NO_URL, Limits, SecretUrl


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Gentle by default: the service is free, unofficial and not ours to wear out."""

    endpoint: SecretUrl = NO_URL
    """Origin asked in place of the service's own (`http://127.0.0.1:8765`): a relay, a test."""
    proxy: SecretUrl = NO_URL
    """URL of an HTTP proxy; without it the usual `HTTPS_PROXY` counts."""
    concurrency: int = 4
    rate_per_minute: float = 240.0
    attempts: int = 4
    connect_s: float = 2.0
    first_byte_s: float = 2.3
    """From the start of a request; also the longest silence in the middle of one. Raise it on
    a slow network; a dead service costs this long before another voice is taken."""
    whole_s: float = 15.0
    """For a line of no length; each second of expected speech adds half a second."""
    cooldown_s: float = 5.0

    def __post_init__(self) -> None:
        for name, url in (("endpoint", self.endpoint), ("proxy", self.proxy)):
            if url and not url.reveal().startswith(("http://", "https://")):
                raise BadOptions("voice-url-bad", service="Edge", name=name, url=str(url))
        _ = self.limits

    @property
    def limits(self) -> Limits:
        return Limits(
            concurrency=self.concurrency,
            rate_per_minute=self.rate_per_minute,
            attempts=self.attempts,
            connect_s=self.connect_s,
            first_byte_s=self.first_byte_s,
            whole_s=self.whole_s,
            cooldown_s=self.cooldown_s,
        )
