"""Elements of a page: how much they hold, and which of them paragraphs share."""

from __future__ import annotations

from lxml.etree import _Element

from reader.article import tags

_MOST_PIECES = 60


def home_of(holder: _Element) -> _Element:
    """The element that the paragraphs of a text share: the one around a <p>, the <div> itself."""
    element = holder
    while element.tag in tags.SHARED_BY:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def is_short(element: _Element, chars: int, *, nodes: int = _MOST_PIECES) -> bool:
    """Whether an element holds no more characters, in no more pieces, than these."""
    length = 0
    for count, piece in enumerate(element.itertext()):
        length += len(piece.strip())
        if length > chars or count > nodes:
            return False
    return True
