"""Settings of an OpenAI-compatible server, each by `TINGWEN_OPENAI_` and the name
in capitals."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from typing import Final

from reader.errors import BadOptions
from reader.voices.remote import Limits, SecretUrl, from_environment

OPENAI_URL: Final = SecretUrl("https://api.openai.com/v1")
_FORMATS: Final = ("mp3", "wav", "flac", "opus", "pcm")


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """The server, what to ask it for, and how."""

    base_url: SecretUrl = OPENAI_URL
    """Up to and with the version: `http://127.0.0.1:8880/v1`."""
    api_key: str = field(default="", repr=False)
    """For OpenAI itself `OPENAI_API_KEY` counts too; it is sent to no other server."""
    model: str = "gpt-4o-mini-tts"
    voice: str = "alloy"
    voices: str = ""
    """Others that clients of the service may ask for, `VOICE` or `MODEL/VOICE`, with spaces
    between; the command line may ask for any."""
    format: str = "mp3"
    """What is asked for: mp3, which every such server can; what comes back is looked at."""
    concurrency: int = 2
    rate_per_minute: float = 120.0
    attempts: int = 3
    connect_s: float = 3.0
    first_byte_s: float = 30.0
    """Long, because many servers send nothing before the whole line is spoken."""
    whole_s: float = 60.0
    cooldown_s: float = 5.0

    def __post_init__(self) -> None:
        if not self.base_url.reveal().startswith(("http://", "https://")):
            url = str(self.base_url)
            raise BadOptions("voice-url-bad", service="OpenAI", name="base_url", url=url)
        if self.format not in _FORMATS:
            raise BadOptions("openai-format-bad", format=self.format, names=", ".join(_FORMATS))
        _ = self.limits

    @classmethod
    def of_environment(cls) -> OpenAISettings:
        settings = from_environment(cls, "TINGWEN_OPENAI")
        if not settings.api_key and settings.base_url == OPENAI_URL:
            return replace(settings, api_key=os.environ.get("OPENAI_API_KEY", ""))
        return settings

    @property
    def offered(self) -> tuple[str, ...]:
        """`MODEL/VOICE` of each voice that is listed, the set one first."""
        names = (self.voice, *self.voices.replace(",", " ").split())
        return tuple(dict.fromkeys(n if "/" in n else f"{self.model}/{n}" for n in names))

    @property
    def is_usable(self) -> bool:
        """OpenAI wants a key; a server of one's own may not."""
        return bool(self.api_key) or self.base_url != OPENAI_URL

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
