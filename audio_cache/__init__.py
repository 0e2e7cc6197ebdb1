"""The cache of 聽聞: content-addressed objects, whole or absent, in a folder or a bucket."""

from audio_cache.cache import Cache
from audio_cache.checked import CheckedFile
from audio_cache.envelope import Corrupt
from audio_cache.errors import (
    BadCacheLimit,
    BadCacheSettings,
    BadCacheUrl,
    CacheDamaged,
    CacheError,
    CacheUnavailable,
)
from audio_cache.eviction import Goal
from audio_cache.lease import Lease, Leases
from audio_cache.observer import Observer
from audio_cache.sizes import parsed_bytes, parsed_seconds, readable
from audio_cache.store import Patience

__all__ = [
    "BadCacheLimit",
    "BadCacheSettings",
    "BadCacheUrl",
    "Cache",
    "CacheDamaged",
    "CacheError",
    "CacheUnavailable",
    "CheckedFile",
    "Corrupt",
    "Goal",
    "Lease",
    "Leases",
    "Observer",
    "Patience",
    "parsed_bytes",
    "parsed_seconds",
    "readable",
]
