"""Sets of HTML elements: tags.toml read."""

from __future__ import annotations

import tomllib
from importlib.resources import files

_TABLE: dict[str, str] = tomllib.loads(
    files("reader.article").joinpath("tags.toml").read_text("utf-8")
)


def _tags(name: str) -> frozenset[str]:
    return frozenset(_TABLE[name].split())


DROPPED = _tags("dropped")
CONTROLS = _tags("controls")
INLINE = _tags("inline")
SEAMLESS = _tags("seamless")
WITHDRAWN = _tags("withdrawn")
HEADINGS = _tags("headings")
CAPTIONS = _tags("captions")
FURNITURE = _tags("furniture")
UNNAMED = _tags("unnamed")
SHARED_BY = _tags("shared_by")
KNOWN = _tags("known")
STANDING_ALONE = _tags("standing_alone")
"""What each set is for: tags.toml."""
