"""Cuts a sentence that is too long for one breath, where a newsreader would breathe."""

from __future__ import annotations

import re

from reader.script.segmenter import segmenter

_MARKS = re.compile(
    r"[。！？；;…](?![」』”）])|[」』”）](?=[^」』”）])|、| "
    r"|(?<!\d)[，：—,]|(?<=\d)[，：—,](?!\d{2,3}(?!\d))"
)
_PENALTY = {"。": 0.0, "！": 0.0, "？": 0.0, "；": 0.05, ";": 0.05, "…": 0.1, "，": 0.15, ",": 0.15,
            "：": 0.3, "—": 0.25, "、": 0.6, " ": 0.5}  # fmt: skip
_AFTER_CLOSER = 0.5
_INSIDE_QUOTE = 2.0
_NEVER_CUT = re.compile(r"[A-Za-z0-9.,%:/$-]")


def cut_clauses(sentence: str, max_chars: int) -> list[str]:
    """Pieces of at most `max_chars` characters which joined are the sentence.

    They are about equally long, and end at the strongest mark near that length, outside a
    quote where there is a choice; without a mark, at the end of a word.
    """
    if len(sentence) <= max_chars:
        return [sentence]
    candidates = _candidates(sentence)
    pieces, start, first = [], 0, 0
    while len(sentence) - start > max_chars:
        left = len(sentence) - start
        share = left / -(-left // max_chars)
        while first < len(candidates) and candidates[first][0] <= start + max_chars // 4:
            first += 1
        end, last = 0, first
        best = float("inf")
        while last < len(candidates) and candidates[last][0] <= start + max_chars:
            at, penalty = candidates[last]
            cost = penalty + abs(at - start - share) / max_chars
            if cost < best:
                best, end = cost, at
            last += 1
        end = end or _word_end(sentence, start, start + max_chars)
        pieces.append(sentence[start:end])
        start = end
    return [*pieces, sentence[start:]]


def _candidates(sentence: str) -> list[tuple[int, float]]:
    """Places to cut, in order, with how bad each is."""
    found, depth, position = [], 0, 0
    for match in _MARKS.finditer(sentence):
        between = sentence[position : match.start()]
        depth = max(0, depth + _count_open(between))
        position = match.start()
        char = match.group()
        penalty = _PENALTY.get(char, _AFTER_CLOSER)
        found.append((match.end(), penalty + (_INSIDE_QUOTE if depth else 0.0)))
    return found


def _count_open(text: str) -> int:
    return sum((c in "「『“（《") - (c in "」』”）》") for c in text)


def _word_end(sentence: str, start: int, limit: int) -> int:
    """The last end of a word at or before `limit`; `limit` itself where there is none."""
    window = sentence[max(start, limit - 24) : limit + 12]
    window = window.encode("utf-8", "replace").decode()  # a lone surrogate has no UTF-8
    at = max(start, limit - 24)
    best = 0
    for word in segmenter().cut(window):
        at += len(word)
        if at > limit:
            break
        inside = (
            at < len(sentence)
            and _NEVER_CUT.match(sentence[at])
            and _NEVER_CUT.match(sentence[at - 1])
        )
        if at > start and not inside:
            best = at
    return best or limit
