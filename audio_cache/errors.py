"""Errors of the cache.

CacheError
├─ CacheUnavailable    the store cannot be reached, written or read
├─ CacheDamaged        objects were found damaged, by who went to look for damage
└─ BadCacheSettings    what was configured cannot work
   ├─ BadCacheUrl      TINGWEN_CACHE names no store that we know
   └─ BadCacheLimit    TINGWEN_CACHE_MAX_BYTES is no number of bytes
"""

from __future__ import annotations


class CacheError(Exception):
    """Base of the cache's errors. To a reader a corrupt object is not one: it is set aside and
    missed."""


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
