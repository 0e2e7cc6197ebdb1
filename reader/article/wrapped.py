"""Hard-wrapped text put back into paragraphs: mail, text out of a PDF, `fold`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise

_BLANK = re.compile(r"^[ \t\u3000\xa0]*$")
_OWN_LINE = re.compile(r"^\s*(?:[#>|*+•◆●■□▪-]\s|\d{1,3}[.)、．]\s*\S|[（(]\d{1,2}[)）]|https?://)")
_ENDS = re.compile(r"[。！？!?：:][」』”’）)】]*\s*$")
_LEAST_WIDTH = 24
_SLACK = 0.22
"""How much shorter than the longest a wrapped line may be: a word of Latin moved on."""
_WRAPPED_SHARE = 0.5
_MOST_LINES = 20_000


def unwrap(text: str) -> str:
    """The text with one paragraph a line, where it was wrapped at a width.

    Text is taken as wrapped where blank lines divide groups of lines, most of those lines are
    about as wide as the widest, and most do not end as sentences do. Other text is returned
    as it is.
    """
    lines = text.splitlines()
    if len(lines) > _MOST_LINES:
        return text
    groups = _groups(lines)
    if not _is_wrapped(groups):
        return text
    width = _width_of(groups)
    return "\n\n".join("\n".join(_join_lines(group, width)) for group in groups)


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for line in lines:
        if _BLANK.match(line):
            if groups[-1]:
                groups.append([])
        else:
            groups[-1].append(line)
    return [group for group in groups if group]


def _is_wrapped(groups: Sequence[Sequence[str]]) -> bool:
    if len(groups) < 2:
        return False
    width = _width_of(groups)
    inner = [line for group in groups if len(group) > 1 for line in group[:-1]]
    if width < _LEAST_WIDTH or len(inner) < 2:
        return False
    full = [line for line in inner if _is_full(line, width)]
    open_ended = sum(not _ENDS.search(line) for line in full)
    return len(full) >= _WRAPPED_SHARE * len(inner) and open_ended >= _WRAPPED_SHARE * len(full)


def _width_of(groups: Sequence[Sequence[str]]) -> int:
    """The width that lines were wrapped at: the widest but for a few outliers."""
    widths = sorted(_columns(line) for group in groups for line in group if len(group) > 1)
    return widths[int(len(widths) * 0.9)] if widths else 0


def _columns(line: str) -> int:
    """Columns on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WFA" else 1 for c in line.rstrip())


def _is_full(line: str, width: int) -> bool:
    return _columns(line) >= width * (1 - _SLACK)


def _join_lines(group: Sequence[str], width: int) -> list[str]:
    """Lines of one group run together; a short line, or one with a mark of its own, ends one."""
    out = [group[0].strip()]
    for before, line in pairwise(group):
        starts_new = _OWN_LINE.match(line) or (not _is_full(before, width) and _ENDS.search(before))
        if starts_new or (not _is_full(before, width) and len(out) == 1 and len(group) == 2):
            out.append(line.strip())
        else:
            out[-1] = _run_together(out[-1], line.strip())
    return out


def _run_together(one: str, other: str) -> str:
    """Without a space between Chinese; a word that a hyphen cut is made whole."""
    if re.search(r"[A-Za-z]-$", one) and re.match(r"[a-z]", other):
        return one[:-1] + other
    spaced = re.search(r"[\w.,;:%)]$", one, re.ASCII) and re.match(r"[\w($]", other, re.ASCII)
    return one + (" " if spaced else "") + other
