"""Captions told by names and by the picture beside them."""

from __future__ import annotations

from lxml.etree import _Element

from reader.article.class_names import NameMeaning
from reader.article.elements import home_of, is_short

_CAPTION_CHARS = 260
_LABEL_CHARS = 40
_PICTURES = ("img", "amp-img", "picture", "svg", "video", "iframe", "figure")


def is_caption(element: _Element, names: NameMeaning) -> bool:
    """Whether names and surroundings agree: a line under a picture, or a box of both."""
    if names.caption:
        chars = _CAPTION_CHARS if names.caption == 2 else _LABEL_CHARS // 2
        return is_short(element, chars) and _has_picture_near(element)
    return (
        names.is_picture
        and is_short(element, _CAPTION_CHARS // 2)
        and next(element.iter("img", "amp-img"), None) is not None
    )


def is_picture_box(holder: _Element) -> bool:
    """Whether the box around a line holds nothing but a picture and a line of a few words."""
    box = home_of(holder)
    return (
        box.tag in ("div", "section", "td", "a")
        and is_short(box, _LABEL_CHARS)
        and next(box.iter("img", "amp-img"), None) is not None
    )


def _has_picture_near(element: _Element) -> bool:
    around = element.getparent()
    above = around.getparent() if around is not None else None
    candidates = [element]
    candidates += [e for e in (around, above) if e is not None and is_short(e, 2 * _CAPTION_CHARS)]
    before = element.getprevious()
    if before is not None:
        candidates.append(before)
    return any(next(e.iter(*_PICTURES), None) is not None for e in candidates)
