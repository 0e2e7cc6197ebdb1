"""What a classifier sees of a polyphone: the words, parts of speech and characters around it in its
run of Han characters, as names that are hashed."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from reader.pronunciation.segment import tagged_words

SIZE = 32768
"""Weights of a reading; features share one where their hashes fall together."""
WIDE_SIZE = 8 * SIZE
WIDE = frozenset("為")
"""Characters with labels enough to tell more features apart, and to learn pairs of words."""
_WINDOW = 4
_FAR = 12
_TRUST = 1.5
APART = frozenset("為還得將應")
"""Characters that are mostly words by themselves, whatever the segmenter joins them to."""
_BEGIN, _END = "^", "$"
_NUMERALS = frozenset("〇零一二三四五六七八九十百千萬億兆兩幾半數多")
Tagged = Sequence[tuple[str, str]]


def _class(character: str) -> str:
    return "#" if character in _NUMERALS else character


def _around(text: str, at: int) -> Iterator[str]:
    """Characters by their place, and pairs and triples of them."""
    edged = _BEGIN * 3 + "".join(map(_class, text)) + _END * 3
    here = at + 3
    for place in range(-3, 4):
        yield f"c{place}{edged[here + place]}"
    for start, end in ((-2, 0), (-1, 0), (1, 3), (1, 4), (-3, 0), (-1, 2), (0, 3), (-2, 1)):
        yield f"s{start},{end}{edged[here + start : here + end]}"
    yield f"b{edged[here - 1]}{edged[here + 1]}"


def place_of(words: Tagged, at: int) -> tuple[int, int]:
    """The number of the word that holds the character at `at`, and where it begins."""
    start = 0
    for number, (word, _) in enumerate(words):
        if at < start + len(word):
            return number, start
        start += len(word)
    raise IndexError(at)


def _side(words: Tagged, side: str) -> Iterator[str]:
    """The words beside the character, the nearest first."""
    for place in range(_WINDOW):
        word, tag = words[place] if place < len(words) else (_END, _END)
        word = "#" if tag == "m" else word
        yield f"{side}w{min(place, 2)}{word}"
        yield f"{side}t{place}{tag}"
        yield f"{side}e{place}{word[-1]}"
        yield f"{side}l{place}{tag[0]}{min(len(word), 3)}"
    tags = [tag for _, tag in words[:3]]
    yield f"{side}2{'/'.join(tags[:2])}"
    yield f"{side}3{'/'.join(tags)}"


def _sentence(before: Tagged, after: Tagged) -> Iterator[str]:
    """What the rest of the clause has: deeds, 的, how it ends."""
    last_de = max((i for i, (word, _) in enumerate(after) if word == "的"), default=-1)
    deeds = [(i, word) for i, (word, tag) in enumerate(after) if tag[0] == "v"]
    for place, word in deeds:
        yield f"deed{word}"
        yield f"deede{word[-1]}"
        if place > last_de:
            yield f"own{word}"
    yield f"deeds{min(len(deeds), 3)}"
    yield f"after{min(sum(place > max(last_de, 0) for place, _ in deeds), 2)}"
    yield f"de{last_de >= 0}{bool(deeds) and deeds[0][0] < last_de}"
    word, tag = after[-1] if after else (_END, _END)
    yield f"last{word}"
    yield f"lastt{tag}{last_de >= 0}"
    yield f"laste{word[-1]}"
    yield f"rest{min(len(after), 6)}"
    yield f"start{min(len(before), 3)}"
    for word, _ in after[:8]:
        yield f"has{word}"
        yield from (f"hasc{character}" for character in word)
    for word, _ in before[:5]:
        yield f"had{word}"


def feature_names(text: str, at: int) -> Iterator[str]:
    """What is true of the character at `at` of `text`, a run of Han characters."""
    words = words_around(text, at)
    number, start = place_of(words, at)
    word, tag = words[number]
    inside = at - start
    left, right = word[:inside], word[inside + 1 :]
    before = ([(left, "part")] if left else []) + list(words[:number])[::-1]
    after = ([(right, "part")] if right else []) + list(words[number + 1 :])
    yield f"own{word}"
    yield f"tag{tag}{inside}{len(word)}"
    yield f"pair{before[0][1] if before else _BEGIN}/{after[0][1] if after else _END}"
    yield f"pairw{before[0][0] if before else _BEGIN}/{after[0][1] if after else _END}"
    yield from _around(text, at)
    yield from _side(before, "L")
    yield from _side(after, "R")
    yield from _sentence(before, after)


def words_around(text: str, at: int) -> Tagged:
    """The words of `text`. A character of `APART` is one by itself: 為主隊, not 為主 and 隊."""
    if text[at] not in APART:
        return _tagged(text)
    before = _tagged(text[:at]) if at else ()
    after = _tagged(text[at + 1 :]) if at + 1 < len(text) else ()
    return (*before, (text[at], "apart"), *after)


@lru_cache(maxsize=8)
def _tagged(text: str) -> tuple[tuple[str, str], ...]:
    return tuple(tagged_words(text))


def size_of(character: str) -> int:
    """Weights that a reading of this character has."""
    return WIDE_SIZE if character in WIDE else SIZE


def _pair_names(text: str, at: int) -> Iterator[str]:
    """Pairs of words behind the character, and what its deeds stand beside."""
    words = words_around(text, at)
    number, _ = place_of(words, at)
    before, after = words[:number][::-1], words[number + 1 :]
    near = after[:_FAR]
    for (word, tag), (next_word, next_tag) in pairwise(near):
        yield from (f"ab{word}/{next_word}", f"atb{tag}/{next_word}", f"abt{word}/{next_tag}")
        yield f"at{tag}/{next_tag}"
    tags = [tag for _, tag in near]
    yield from (f"t3{'/'.join(tags[start : start + 3])}" for start in range(len(tags) - 2))
    yield f"seq{'/'.join(tag[0] for tag in tags[:8])}"
    yield f"seqe{'/'.join(tag[0] for tag in tags[-4:])}"
    first = before[0] if before else (_BEGIN, _BEGIN)
    for place, (word, tag) in enumerate(near):
        if tag[0] != "v":
            continue
        follower = near[place + 1][1] if place + 1 < len(near) else _END
        yield from (
            f"vn{word}/{follower}",
            f"vl{word}/{len(near) - place}",
            f"v1d{word}/{min(place, 4)}",
        )
        yield f"pv{tags[place - 1] if place else _BEGIN}/{word}"
        yield f"nv{near[place - 1][0] if place else _BEGIN}/{word}"
        yield f"b0v{first[0]}/{word}"
    for word, _ in near[-2:]:
        yield from (f"b0l{first[0]}/{word}", f"b0lt{first[1]}/{word}")
    yield f"b0t{first[1]}/{tags[0] if tags else _END}/{tags[-1] if tags else _END}"
    yield f"lastpair{'/'.join(word for word, _ in after[-2:])}"
    yield f"lasttag{'/'.join(tag for _, tag in after[-3:])}"
    yield f"n{min(len(after), 15)}"


def hashed_features(text: str, at: int, ruled: str) -> dict[int, float]:
    """The features by their hashes, each added or taken away where its hash says.

    `ruled` is what the rules say and on what ground: the classifier learns how far to trust them.
    """
    found: dict[int, float] = {}
    size = size_of(text[at])
    names = set(feature_names(text, at))
    if text[at] in WIDE:
        names.update(_pair_names(text, at))
    weighted = [(name, 1.0) for name in sorted(names)]
    weighted += [(f"rule{ruled}", _TRUST), (f"rule{ruled.split()[-1]}", _TRUST)]
    for name, weight in weighted:
        code = zlib.crc32(name.encode())
        place = code % size
        found[place] = found.get(place, 0) + (weight if code & 0x80000000 else -weight)
    return found


def is_firm(ruled: str) -> bool:
    """Whether a line of a table decided, not grammar or a guess."""
    return ruled.startswith(("usage", "context"))
