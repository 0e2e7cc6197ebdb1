"""The table of the archive: what a run asks of it costs the same however much it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reader.podcast.identity import episode_guid
from reader.podcast.index import Index
from reader.podcast.record import Record
from tests.podcast.cost import counted

_PAGE_BYTES = 4096
_DAY_S = 86_400


def record(n: int) -> Record:
    day = f"20{10 + n // 336:02}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
    return Record(
        episode_guid(str(n)), f"print{n}", f"name{n}", 60.0, n, title=f"第{n}天", words=f"w{n}",
        published=f"{day}T08:00:00+08:00", source="today.txt", sketch="x" * 700, lead="字" * 500,
        is_day_only=True, number=n + 1,
    )  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Of a small archive, and of one four times as large."""
    place = tmp_path_factory.mktemp("tables")
    for n_records in (150, 600):
        index = Index(place / f"{n_records}.db")
        index.fill(sorted(map(record, range(n_records)), key=lambda r: r.guid), [])  # as on disk
        index.close()
    return [place / "150.db", place / "600.db"]


def asked(path: Path, question: Callable[[Index], object]) -> int:
    """Bytes that are read for an answer by who has just opened the table."""
    index = Index(path)
    with counted(path.parent) as cost:
        question(index)
    index.close()
    return cost.read_bytes


QUESTIONS: dict[str, Callable[[Index], object]] = {
    "after": lambda index: index.after(episode_guid("7")[:1], 64),
    "after_the_first": lambda index: index.after("", 64),
    "broken": lambda index: index.broken(),
    "of_words": lambda index: index.of_words("w9"),
    "of_source": lambda index: index.of_source("today.txt", "第9天"),
    "of_title": lambda index: index.of_title("第9天"),
    "latest_second": lambda index: index.latest_second("2010-01-03"),
    "last_number": lambda index: index.last_number(),
    "unnumbered": lambda index: index.unnumbered(),
    "listed": lambda index: [*index.listed(0, 10)],
    "stale": lambda index: index.stale(),
    "record": lambda index: index.record(episode_guid("9")),
    "holds": lambda index: index.holds(episode_guid("9")),
    "keep": lambda index: index.keep(record(3_000)),
}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_costs_the_same_in_a_large_archive(tables: list[Path], name: str) -> None:
    small, large = (asked(path, QUESTIONS[name]) for path in tables)
    assert large <= small * 1.1 + 8 * _PAGE_BYTES, "trees are deeper by a page at most"
