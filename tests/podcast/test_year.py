"""A daily show for a year: what is there stays, and a run costs what a day's news costs."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from reader.podcast import Folder
from reader.podcast.elements import ATOM, parsed
from tests.podcast.cost import counted
from tests.podcast.test_judged import BIN, JUDGES
from tests.podcast.year import SECOND_URL, THIRD_URL, Year

_DAYS = 365
_PAGE = 10
"""Episodes a page: from the tenth day on, the first page is as long as ever."""
_EARLY, _LATE = range(70, 110), range(_DAYS - 40, _DAYS)
"""From the 65th on, as many episodes of the one file as ever are compared with the day's news."""
_MOST_GROWTH = 1.2
"""While the archive grows to 3.8 times as many episodes: the table's trees grow a little (bytes
read: 1.12 measured, calls and bytes written 1.0); a run that read them all would read 2 times as
much."""


class Judges:
    """The two readers of feeds that are not ours, in one process."""

    def __init__(self) -> None:
        command = [BIN / "node", Path(__file__).with_name("judges.cjs"), JUDGES]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True)

    def guids(self, feed: Path) -> list[str]:
        """Of the items, as both find them; neither may complain."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{feed}\n")
        self._process.stdin.flush()
        found = json.loads(self._process.stdout.readline())
        assert found["warnings"] == []
        ours, theirs = found["guids"]
        assert ours == theirs
        return list(ours)

    def close(self) -> None:
        self._process.communicate()


@pytest.fixture
def judges() -> Iterator[Judges]:
    process = Judges()
    yield process
    process.close()


def sound_of(out: Path) -> dict[str, tuple[int, int]]:
    """Size and time of writing of every MP3."""
    found = ((p.name, p.stat()) for p in (out / "episodes").glob("*.mp3"))
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found}


def pages_of(out: Path) -> list[Path]:
    """The feed's pages, followed by their links from the first to the last."""
    pages = [out / "feed.xml"]
    while True:
        links = parsed(pages[-1].read_bytes()).iter(f"{ATOM}link")
        following = [link.get("href") for link in links if link.get("rel") == "next"]
        if not following:
            return pages
        pages.append(out / following[0].rpartition("/")[2])


def check(year: Year, judges: Judges, day: int) -> None:
    """The archive is whole, and every page of the feed valid."""
    listed = []
    for page in pages_of(year.out):
        items = parsed(page.read_bytes()).iter("item")
        guids = [item.findtext("guid") for item in items]
        if page.name == "feed.xml" or day % 10 == 9:
            assert judges.guids(page) == guids
        assert len(guids) <= _PAGE
        listed += guids
    assert listed == list(reversed(year.guids.values())), "in order, each once, under its GUID"
    feed = parsed((year.out / "feed.xml").read_bytes())
    assert feed.findtext("channel/link") in {
        "https://pod.example/%E6%85%A2%20%E8%BB%8A/", f"{SECOND_URL}/", f"{THIRD_URL}/",
    }  # fmt: skip
    for enclosure in feed.iter("enclosure"):
        sound = year.out / "episodes" / enclosure.get("url").rpartition("/")[2]
        assert sound.stat().st_size == int(enclosure.get("length"))


def troubles(year: Year, day: int, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """What goes wrong on this day, before its run; the files that may change by it."""
    if day % 7 == 3:
        year.kill()
    if day in (120, 240):
        assert year.command("--base-url", SECOND_URL if day == 120 else THIRD_URL) == 0
        assert "base_url" in capsys.readouterr().err, "what changes is said"
    if day == 100:
        assert year.command("--author", "乙") == 0
    if day == 150:
        return {year.lose()}
    return {f"{year.remove()}.mp3"} if day % 40 == 39 else set()


@pytest.mark.slow
@pytest.mark.timeout(1500)
def test_a_year_of_a_daily_show(
    tmp_path: Path, judges: Judges, capsys: pytest.CaptureFixture[str]
) -> None:
    """365 runs: corrections, removals, two moves, a killed run a week, a lost file, flags that
    are given once and forgotten, and one file name for every day's news."""
    year, costs = Year(tmp_path, _PAGE), {}
    year.begin()
    for day in range(_DAYS):
        before = sound_of(year.out)
        year.write(day)
        touched = troubles(year, day, capsys) if day > 1 else set()
        with counted(tmp_path) as costs[day]:
            year.publish()
        year.learn()
        check(year, judges, day)
        after = sound_of(year.out)
        assert {n: s for n, s in before.items() if after.get(n) != s}.keys() <= touched
        if day % 11 == 5:
            year.correct()
            check(year, judges, day)
        if day == 150:
            assert touched.isdisjoint(after), "under the author's name of now"
            oldest = Folder(year.out).record(next(iter(year.guids.values())))
            assert oldest is not None and Folder(year.out).files.is_whole(oldest), "mended"
    capsys.readouterr()
    shown = (year.out / "feed.xml").read_text(encoding="utf-8")
    assert "乙" in shown, "a flag that is forgotten changes nothing"
    assert {r.title: r.guid for r in Folder(year.out).records()} == year.guids
    for what in ("n_files", "read_bytes", "written_bytes"):
        quiet = [d for d in range(_DAYS) if d % 7 != 3 and d % 40 != 39]
        early, late = (
            median(getattr(costs[d], what) for d in quiet if d in days) for days in (_EARLY, _LATE)
        )
        print(f"{what}: {early:.0f} on a day of the first months, {late:.0f} on one of the last")
        assert late <= _MOST_GROWTH * early
