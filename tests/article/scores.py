"""F1 over character 4-grams, white space aside."""

from __future__ import annotations

from collections import Counter

from tests.article.article_pages import spaceless


def f1(expected: str, got: str) -> float:
    wanted, found = _grams(expected), _grams(got)
    return 2 * (wanted & found).total() / ((wanted.total() + found.total()) or 1)


def _grams(text: str) -> Counter[str]:
    packed = spaceless(text)
    return Counter(packed[i : i + 4] for i in range(max(1, len(packed) - 3)))
