"""What is said before the first paragraph: the headline, then the byline."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate


def n_of_headline(texts: Iterable[str], title: str) -> int:
    """How many of these utterances are the headline, as far as the title goes."""
    if not title:
        return 0
    return sum(end < len(title) for end in accumulate(map(len, texts))) + 1
