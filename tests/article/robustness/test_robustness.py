"""Changes that leave the article as it was: the same text is read from every changed page.

Each kind of change is made at three places of each page, with chance seeded by the page's name;
a pair holds where F1 against the gold text stays above 0.95 (or within 0.02 of the page's own)
and nothing is heard that the change brought. Pages without an article stay refused. The default
run takes one place on a third of the pages, `slow` all.
"""

from __future__ import annotations

import json
import random
import zlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from reader.article import ArticleOptions, Page, extract
from reader.errors import BadInput
from tests.article.article_pages import SHARED, html_pages, spaceless
from tests.article.robustness.changes import CHANGES, PageTree
from tests.article.robustness.surroundings import NEVER_HEARD
from tests.article.scores import f1

_PLACES = 3
_EVERY = 3
_FEW = 30
"""Pages; where there are only our own, each is tried."""
_LEAST_F1 = 0.95
_SLACK = 0.02
_HOLD = 0.99
_AMBIGUOUS = frozenset((("list items for paragraphs", "dis_011242"),))
"""Its last part is the list in a book's blurb: where all paragraphs are list items, nothing tells
the two apart (0.934 against 0.95)."""


@dataclass
class Sample:
    name: str
    content: bytes
    gold: list[str] = field(default_factory=list)


@cache
def samples() -> list[Sample]:
    """Our own pages, and those of the shared data where they are."""
    own = [Sample(p.name, p.source.encode(), p.paragraphs) for p in html_pages() if p.paragraphs]
    return [*own, *_shared("pages"), *_shared("extraction")]


def _shared(folder: str) -> list[Sample]:
    listing = SHARED / folder / "pages.jsonl"
    if not listing.exists():
        return []
    rows = [json.loads(line) for line in listing.read_text("utf-8").splitlines()]
    return [
        Sample(row["id"], _path(listing.parent, row).read_bytes(), row.get("paragraphs", []))
        for row in rows
    ]


def _path(folder: Path, row: dict[str, str]) -> Path:
    return folder / row["html"] if "html" in row else folder / "html" / f"{row['id']}.html"


@cache
def tree_of(name: str) -> PageTree:
    sample = next(s for s in samples() if s.name == name)
    return PageTree.of(sample.content, sample.gold)


def read(content: bytes) -> str | None:
    """The text of the article; None where the page is refused."""
    try:
        article = extract(Page(content), ArticleOptions(recipes=False))
    except BadInput:
        return None
    return "".join(p.text for p in article.paragraphs)


@cache
def least_f1(name: str) -> float:
    sample = next(s for s in samples() if s.name == name)
    return min(_LEAST_F1, f1("".join(sample.gold), read(sample.content) or "") - _SLACK)


def failures(kind: str, *, places: range, every: int) -> tuple[list[str], int]:
    """The pairs of this kind that do not hold, and how many were tried."""
    failed, tried = [], 0
    for sample in samples():
        if zlib.crc32(f"{sample.name} {kind}".encode()) % every:
            continue
        if (kind, sample.name) in _AMBIGUOUS:
            continue
        for place in places:
            chance = random.Random(f"{sample.name} {kind} {place}")
            changed = CHANGES[kind](tree_of(sample.name).copied(), chance)
            if changed is None:
                continue
            tried += 1
            if not holds(sample, changed):
                failed.append(f"{sample.name} at {place}")
    return failed, tried


def holds(sample: Sample, changed: str | bytes) -> bool:
    content = changed if isinstance(changed, bytes) else changed.encode("utf-8", "replace")
    heard = read(content)
    if not sample.gold or heard is None:
        return not sample.gold and heard is None
    said = spaceless(heard)
    if any(spaceless(words) in said for words in NEVER_HEARD):
        return False
    return f1("".join(sample.gold), heard) >= least_f1(sample.name)


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_of_markup_changes_nothing_that_is_heard(kind: str) -> None:
    every = _EVERY if len(samples()) > _FEW else 1
    failed, tried = failures(kind, places=range(1), every=every)
    assert tried >= len(samples()) / every / 3, "the change fits hardly any page"
    assert len(failed) <= (1 - _HOLD) * tried, failed


@pytest.mark.slow
@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_at_three_places_of_every_page(kind: str) -> None:
    failed, tried = failures(kind, places=range(_PLACES), every=1)
    print(f"{kind}: {len(failed)} of {tried} failed")
    assert len(failed) <= (1 - _HOLD) * tried, failed
