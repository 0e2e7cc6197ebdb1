"""Synthesis by workers on any number of machines: Celery on Redis, an optional extra.

Tasks go through Redis, sound through the cache that service and workers share. With
`TINGWEN_BROKER` unset nothing of this is used, and nothing of it needs to be installed.
"""

from __future__ import annotations

from audio_cache import Cache
from reader.cluster.settings import ClusterSettings
from reader.errors import BadOptions
from reader.synthesis.in_process import InProcess, Synthesis

__all__ = ["ClusterSettings", "require_extra", "synthesis_for"]


def synthesis_for(cache: Cache) -> Synthesis:
    """Workers if the environment names a broker, this process if not. Raises BadOptions."""
    settings = ClusterSettings.from_environment()
    if settings is None:
        return InProcess(cache)
    require_extra()
    from reader.cluster.client import ByWorkers  # the extra is there

    return ByWorkers(cache, settings)


def require_extra() -> None:
    """Raises BadOptions, saying what to install."""
    try:
        import celery  # noqa: F401
        import redis  # noqa: F401
    except ImportError as error:
        raise BadOptions("cluster-extra-missing") from error
