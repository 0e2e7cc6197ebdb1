"""Errors of the cache.

CacheError
├─ CacheUnavailable    the store cannot be reached, written or read
├─ CacheDamaged        objects were found damaged, by who went to look for damage
└─ BadCacheSettings    what was configured cannot work
   ├─ BadCacheUrl      TINGWEN_CACHE names no store that we know
   └─ BadCacheLimit    TINGWEN_CACHE_MAX_BYTES is no number of bytes
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

Fact = str | int

_ADVICE: Final = "check its space and permissions, or set TINGWEN_CACHE"

ENGLISH: Final[Mapping[str, str]] = {
    "cache-unreadable": "cannot read the cache {location} ({reason}); " + _ADVICE,
    "cache-unwritable": "cannot write the cache {location} ({reason}); " + _ADVICE,
    "cache-unclearable": "cannot clear the cache {location} ({reason}); " + _ADVICE,
    "cache-unmade": "cannot make the cache {location} ({reason}); " + _ADVICE,
    "cache-unopenable": "cannot open the cache {location!r} ({reason}); "
    "set TINGWEN_CACHE to a folder or a store's URL",
    "cache-object-gone": "{key} is damaged or gone; ask for the article again",
    "cache-limit-bad": "{variable}: {text!r} is no size such as 20GB, 500MiB or 1000000",
    "cache-damaged": "{n_objects:,} objects of {location} were damaged and are set aside; "
    "they are made again when they are asked for, but look at the disk",
}
"""What happened and what to do, by kind: templates for `str.format` with the error's facts."""


class CacheError(Exception):
    """Base of the cache's errors. To a reader a corrupt object is not one: it is set aside and
    missed.

    `kind` is a key of ENGLISH, `facts` its values: who shows it in another language words it.
    """

    def __init__(self, kind: str, /, **facts: Fact) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts: dict[str, Fact] = facts

    def __str__(self) -> str:
        return ENGLISH[self.kind].format_map(self.facts)


class CacheUnavailable(CacheError):
    """The store cannot be reached, written or read: disk full, no permission, no network."""


class CacheDamaged(CacheError):
    """Objects were found damaged by a check of everything."""


class BadCacheSettings(CacheError):
    """The configuration cannot work."""


class BadCacheUrl(BadCacheSettings):
    """The location names no store that we know."""


class BadCacheLimit(BadCacheSettings):
    """The size limit is no number of bytes."""
