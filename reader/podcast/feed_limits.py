"""Limits of a feed, looked at before it is parsed: what parses it takes the square of a depth or of
an element's attributes."""

from __future__ import annotations

import re
from typing import Final

from reader.errors import SourceUnreadable

MOST_DEPTH: Final = 2_000
"""Elements inside each other, with what loose feeds leave open."""
MOST_ATTRIBUTES: Final = 1_000
MOST_ENTRIES: Final = 10_000
"""The largest archives list 2,000; as many as this take half a minute."""
_HIDDEN: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL
)
_TAG: Final = re.compile(r"<(/?)([A-Za-z][^\s<>/]*)([^<>]*)")
_ENTRY: Final = re.compile(r"(?i)(?:\w+:)?(?:item|entry)")


def require_parsable(text: str, feed: str) -> None:
    """Raises SourceUnreadable for a feed that nobody writes but to keep its reader busy."""
    depth = n_entries = 0
    for tag in _TAG.finditer(_HIDDEN.sub("", text)):
        closing, name, rest = tag.groups()
        if closing:
            depth = max(0, depth - 1)
            continue
        depth += not rest.endswith("/")
        n_entries += _ENTRY.fullmatch(name) is not None
        if (
            depth > MOST_DEPTH
            or n_entries > MOST_ENTRIES
            or (len(rest) > MOST_ATTRIBUTES and rest.count("=") > MOST_ATTRIBUTES)
        ):
            raise SourceUnreadable("feed-too-large", feed=feed)
