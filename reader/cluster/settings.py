"""Settings of a cluster, from outside, validated once."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from reader.errors import BadOptions
from reader.voices.remote import SecretUrl

_HOST: Final = re.compile(r"[\w.-]+|[0-9a-f:.]+(?:%\w+)?", re.ASCII | re.IGNORECASE)
_SCHEMES: Final = ("redis", "rediss")


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """The broker, and how long things may take."""

    broker: str
    clip_limit_s: float = 45.0
    """For one sentence, once a worker has begun it: a long one takes baker about three seconds
    on a slow core, and a voice on the network has time-outs of its own."""
    patience_s: float = 60.0
    """How long a broker may be away before those who wait are told."""

    def __post_init__(self) -> None:
        if not _is_redis(self.broker):
            raise BadOptions("broker-bad", broker=self.shown)
        if os.environ.get("TINGWEN_CACHE", "").startswith("memory:"):
            raise BadOptions("cache-in-memory")

    @classmethod
    def from_environment(cls) -> ClusterSettings | None:
        """TINGWEN_BROKER; None if it is not set. Raises BadOptions."""
        broker = os.environ.get("TINGWEN_BROKER", "").strip()
        return cls(broker) if broker else None

    @property
    def shown(self) -> str:
        """The broker's URL without its secrets."""
        return str(SecretUrl(self.broker))

    @property
    def kill_after_s(self) -> int:
        """Time limit after which a worker's process is killed that did not stop by itself."""
        return round(self.clip_limit_s) + 10

    @property
    def redelivery_s(self) -> int:
        """Visibility timeout: Redis gives a task to another worker, if the one that took it is
        silent. Above the limit, or tasks would be taken twice; what matters is looked after
        sooner by those who wait (`reader.cluster.client`)."""
        return self.kill_after_s + 5


def _is_redis(url: str) -> bool:
    """Whether it names a Redis: a known scheme, a host, a port and a database that are ones."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # raises for what is none
    except ValueError:
        return False
    database = parts.path.strip("/") or "0"
    is_named = parts.hostname is not None and _HOST.fullmatch(parts.hostname) is not None
    return parts.scheme in _SCHEMES and is_named and database.isascii() and database.isdecimal()
