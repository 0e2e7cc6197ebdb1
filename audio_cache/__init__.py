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
from audio_cache.eviction import Goal, Removed
from audio_cache.lease import Lease, Leases
from audio_cache.observer import CacheObserver
from audio_cache.sizes import format_bytes, parse_bytes, parse_seconds
from audio_cache.store import Patience

__all__ = [
    "BadCacheLimit",
    "BadCacheSettings",
    "BadCacheUrl",
    "Cache",
    "CacheDamaged",
    "CacheError",
    "CacheObserver",
    "CacheUnavailable",
    "CheckedFile",
    "Corrupt",
    "Goal",
    "Lease",
    "Leases",
    "Patience",
    "Removed",
    "format_bytes",
    "parse_bytes",
    "parse_seconds",
]
