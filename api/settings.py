"""What the service is told from outside, validated once."""

from __future__ import annotations

import os
from dataclasses import dataclass

from reader.errors import BadOptions
from reader.script import Lexicon, load_lexicon
from reader.voices import AUTO


@dataclass(frozen=True, slots=True)
class Settings:
    """The environment's variables that the service reads."""

    voice: str = AUTO
    cache: str = ""
    """"" is the platform's user cache folder."""
    cache_redirect: bool = False
    """Whether clients fetch audio that lies in a bucket from there, by a signed address."""
    base_url: str = ""
    """Where the service is seen from outside; "" makes links relative to the host asked."""
    lexicon: str = ""
    podcast: str = ""
    """A folder that `tingwen podcast` made, shown under /podcast/."""
    webhooks: tuple[str, ...] = ()
    """Where to tell that a narration is ready or failed."""
    webhook_secret: str = ""
    max_body_bytes: int = 8 * 1024 * 1024
    max_article_chars: int = 200_000

    @classmethod
    def from_environment(cls) -> Settings:
        """TINGWEN_VOICE, TINGWEN_CACHE, TINGWEN_CACHE_REDIRECT (1), TINGWEN_BASE_URL,
        TINGWEN_LEXICON, TINGWEN_WEBHOOKS (URLs, apart by spaces), TINGWEN_WEBHOOK_SECRET.
        Raises BadOptions."""
        base_url = os.environ.get("TINGWEN_BASE_URL", "").rstrip("/")
        if base_url and not base_url.startswith(("http://", "https://")):
            raise BadOptions(f"TINGWEN_BASE_URL is {base_url!r}; it must be an http(s) URL")
        webhooks = tuple(os.environ.get("TINGWEN_WEBHOOKS", "").split())
        secret = os.environ.get("TINGWEN_WEBHOOK_SECRET", "")
        if webhooks and not secret:
            raise BadOptions("TINGWEN_WEBHOOKS needs TINGWEN_WEBHOOK_SECRET, to sign with; set it")
        return cls(
            voice=os.environ.get("TINGWEN_VOICE") or AUTO,
            cache=os.environ.get("TINGWEN_CACHE", ""),
            cache_redirect=os.environ.get("TINGWEN_CACHE_REDIRECT", "") == "1",
            base_url=base_url,
            lexicon=os.environ.get("TINGWEN_LEXICON", ""),
            webhooks=webhooks,
            webhook_secret=secret,
        )

    def load_lexicon(self) -> Lexicon:
        return load_lexicon(self.lexicon) if self.lexicon else Lexicon.empty()
