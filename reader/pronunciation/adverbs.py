"""地 after what says how something is done: the particle ㄉㄜ˙ (普遍地擴散), not the noun ㄉㄧˋ."""

from __future__ import annotations

from reader.pronunciation.segment import tagged_words

PARTICLE = "de5"
_MANNERS = frozenset(("a", "ad", "an", "d", "z", "i", "l"))
_DEEDS = frozenset(("v", "vd", "vn", "vi", "d", "p", "ad", "c"))


def di_reading(text: str, at: int) -> str | None:
    """ㄉㄜ˙ for 地 at `at` where it is a word by itself between a manner of two characters or
    more and a deed; None elsewhere."""
    place = 0
    words = tagged_words(text)
    for number, (word, _) in enumerate(words):
        if place == at and word == "地" and 0 < number < len(words) - 1:
            (manner, kind), (_, deed) = words[number - 1], words[number + 1]
            return PARTICLE if len(manner) > 1 and kind in _MANNERS and deed in _DEEDS else None
        place += len(word)
    return None
