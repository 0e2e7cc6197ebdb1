"""What can go wrong in the cache.

CacheError
├─ CacheUnavailable    the store cannot be reached, written or read
└─ BadCacheUrl         TINGWEN_CACHE names no store that we know
"""

from __future__ import annotations


class CacheError(Exception):
    """Base of the cache's errors; a corrupt object is not one: it is set aside and missed."""


class CacheUnavailable(CacheError):
    """The store cannot be reached, written or read: disk full, no permission, no network."""


class BadCacheUrl(CacheError):
    """The location names no store that we know."""
