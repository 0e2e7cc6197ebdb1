"""Who an episode is: the same after an edit, on another host, on another machine."""

from __future__ import annotations

import uuid
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_EPISODES: Final = uuid.UUID("4f1c2f0e-6a0b-5d6e-9d0a-7b3a5e0c1f52")
"""Namespace of our episodes' GUIDs (RFC 9562, version 5): never to be changed."""
_PODCASTS: Final = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace that the podcast namespace gives for `podcast:guid`."""
_TRACKING: Final = ("utm_", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid")


def identity_of_url(url: str) -> str:
    """What stays of an article's address however it was shared: no scheme, no tracking."""
    parts = urlsplit(url)
    query = [(k, v) for k, v in parse_qsl(parts.query) if not k.startswith(_TRACKING)]
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    return f"{host}{parts.path.rstrip('/')}" + (f"?{urlencode(query)}" if query else "")


def episode_guid(identity: str) -> str:
    """A GUID that depends on the article alone."""
    return str(uuid.uuid5(_EPISODES, identity))


def podcast_guid(feed_url: str) -> str:
    """`podcast:guid`: of the first address of the feed, without scheme and last slashes."""
    return str(uuid.uuid5(_PODCASTS, feed_url.split("://", 1)[-1].rstrip("/")))
