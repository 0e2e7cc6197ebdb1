"""The cache: content-addressed objects, whole or absent, in a folder or a bucket."""

from audio_cache.cache import Cache
from audio_cache.errors import BadCacheUrl, CacheError, CacheUnavailable
from audio_cache.lease import Lease, Leases

__all__ = ["BadCacheUrl", "Cache", "CacheError", "CacheUnavailable", "Lease", "Leases"]
