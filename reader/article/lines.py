"""Features of one line of text, whatever its words: prose, a headline, the end of a sentence."""

from __future__ import annotations

import re

_HAN = re.compile(r"[㐀-䶿一-鿿豈-﫿\U00020000-\U0003134f]")
_SENTENCE_END = re.compile(r"[。！？!?…][」』”’）)\]】》\"']*$")
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0\u2002-\u200a\u202f]+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]"
)
_PROSE_HAN = 12
"""Below this a line with a full stop is a label or an exclamation of the page's own."""
_LONG_HAN = 40
"""Above this a line is prose though it ends without a full stop."""
_ENOUGH_CHARS = 4_000
"""What a line is shows in its beginning; a line of megabytes costs no more than this."""
_TAIL_CHARS = 24
_HEADLINE_CHARS = range(6, 71)


def tidy(text: str) -> str:
    """The text with control characters gone and each run of spaces made one."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip(" \u3000")


def squeeze(text: str) -> str:
    """The text without any white space: what two copies of a line are compared by."""
    return "".join(text.split())


def han_count(text: str) -> int:
    """How many Chinese characters; of a very long text those of its beginning."""
    return len(_HAN.findall(text[:_ENOUGH_CHARS]))


def ends_sentence(text: str) -> bool:
    return bool(_SENTENCE_END.search(text[-_TAIL_CHARS:]))


def is_prose(text: str) -> bool:
    """Whether the line reads as running text rather than a headline, a label or a menu."""
    han = han_count(text)
    if han >= _PROSE_HAN and ends_sentence(text):
        return True
    return han >= _LONG_HAN or (
        han >= _PROSE_HAN * 2 and bool(re.search(r"[。；]", text[:_ENOUGH_CHARS]))
    )


def could_be_headline(text: str) -> bool:
    """Whether the line has the length of a headline and does not end as a sentence does."""
    return (
        len(text) in _HEADLINE_CHARS
        and han_count(text) >= 4
        and not re.search(r"[。；，、：:]$", text)
    )
