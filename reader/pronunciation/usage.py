"""Readings by what a character means in its sentence: rules over a text that is cut into words.

`data/usage.txt` has a block a character: a head line with the character, then lines of
`reading: left ~ right`. `left` must fit what stands before the character, up to it, and `right`
what stands after it; both are regular expressions over Han characters, and either may be empty.
The first line that fits decides.

A reading with `!` after it is not overruled by what was learnt from labelled sentences. One with
`+` (before the `!`) also counts inside a word that both the segmenter and a dictionary see: 接種
is a dictionary's word with another reading, 相當 in 將相當受注目 is a word that no line may cut.

`_` is the edge of a word, `^` and `$` those of the clause, `<name>` a list of the head of the
file. A Han character or a class in [ ] fits across the edge of words; only `_` asks for one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_LEFT_WINDOW = 28
_TOKEN = re.compile(r"\[\^?[^\]]+\]|\\.|\(\?[:!=]|\(\?<[!=]|[()|*+?$^]|\{\d*,?\d*\}|.")
_OPERATORS = frozenset("()|*+?")
_BOUNDARY = "(?<= )"
_IN_WORDS = "+"


@dataclass(frozen=True, slots=True)
class Usage:
    """One line of the table: a reading and what must stand left and right of the character."""

    reading: str
    left: re.Pattern[str] | None
    right: re.Pattern[str] | None
    holds_in_words: bool

    def fits(self, left: str, right: str) -> bool:
        """Whether the text around a character is as the line asks."""
        if self.right is not None and self.right.match(right) is None:
            return False
        return self.left is None or self.left.search(left) is not None


class CutText:
    """A clause with its words set apart: what stands left and right of each character."""

    def __init__(self, text: str, lengths: Sequence[int]) -> None:
        words, at = [], 0
        self._places: list[int] = []
        place = 1
        for length in lengths:
            words.append(text[at : at + length])
            self._places.extend(range(place, place + length))
            at += length
            place += length + 1
        self._cut = " " + " ".join(words) + " "

    def around(self, at: int) -> tuple[str, str]:
        """The cut text before and after the character at `at`."""
        place = self._places[at]
        return self._cut[max(0, place - _LEFT_WINDOW) : place], self._cut[place + 1 :]


@cache
def usages() -> dict[str, tuple[Usage, ...]]:
    """The table, read once: the lines of each character, in their order.

    Raises:
        ValueError: a line is malformed.
    """
    table = files("reader.pronunciation").joinpath("data/usage.txt").read_text("utf-8")
    lists: dict[str, str] = {}
    found: dict[str, list[Usage]] = {}
    characters = ""
    for line in table.splitlines():
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if line.startswith("<"):
            name, _, words = line.partition(">")
            lists[name[1:]] = "(?:" + "|".join(words.split()) + ")"
        elif line[0] != " ":
            characters = line.strip()
        else:
            for character in characters:
                found.setdefault(character, []).append(_usage(line, lists))
    return {character: tuple(lines) for character, lines in found.items()}


def _usage(line: str, lists: dict[str, str]) -> Usage:
    reading, colon, context = line.strip().partition(":")
    left, tilde, right = context.partition("~")
    if not colon or not tilde:
        raise ValueError(f"A line of the table is malformed: {line.strip()}")
    return Usage(
        reading.replace(_IN_WORDS, ""),
        _compile(left.strip(), lists, at_end=True),
        _compile(right.strip(), lists, at_end=False),
        _IN_WORDS in reading,
    )


def _compile(pattern: str, lists: dict[str, str], *, at_end: bool) -> re.Pattern[str] | None:
    if not pattern:
        return None
    pattern = re.sub(r"<(\w+)>", lambda match: lists[match[1]], pattern)
    out = []
    for token in _TOKEN.findall(pattern):
        if token == "_":
            out.append(_BOUNDARY)
        elif token == "^":
            out.append("^ ?")
        elif token == "$":
            out.append(" ?$")
        elif token == ".":
            out.append("(?:[^ ] ?+)")
        elif token in _OPERATORS or token[0] in "({" or token == "\\":
            out.append(token)
        else:
            token = token.replace("[^", "[^ ")
            out.append(f"(?:{token} ?+)")
    joined = "".join(out)
    return re.compile(f"(?:{joined})$" if at_end else f" ?+(?:{joined})")


def usage_reading(
    cut: CutText, text: str, at: int, *, begins_word: bool = False, in_word: bool = False
) -> str | None:
    """The reading that the table gives the character at `at`; None where no line fits.

    Where the character begins a dictionary's word (`begins_word`), what stands before it alone
    does not decide: 並|應用 is no 並應. Where it stands in a word that the segmenter sees too
    (`in_word`), only the lines that say so decide.
    """
    lines = usages().get(text[at])
    if lines is None:
        return None
    left, right = cut.around(at)
    fitting = (line for line in lines if line.fits(left, right))
    return next(
        (
            line.reading
            for line in fitting
            if (line.right or not begins_word) and (line.holds_in_words or not in_word)
        ),
        None,
    )
