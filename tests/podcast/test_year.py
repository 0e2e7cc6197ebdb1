"""A daily show for a year: what is there stays, and a run costs what a day's news costs."""

from __future__ import annotations

import os
import random
import time
from dataclasses import replace
from pathlib import Path
from statistics import median

import feedparser
import pytest

from reader.podcast import Folder
from reader.podcast.tombstone import Removed
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import SHOW, make
from tests.podcast.test_judged import judged

_DAYS = 365
_PLACES = "台北新竹台中嘉義台南高雄屏東台東花蓮宜蘭基隆桃園苗栗彰化雲林南投"
_THINGS = "列車電纜橋梁水庫市場學校醫院港口機場公園夜市書店球場劇院農田漁港"


class KilledError(BaseException):
    """Ends a run wherever it stands, as a signal would."""


class KilledFolder(Folder):
    """Ends the run at its n-th write."""

    left = 0

    def write(self, path: str, data: bytes) -> None:
        self.left -= 1
        if self.left == 0:
            raise KilledError
        super().write(path, data)


def news_of(day: int, dice: random.Random) -> tuple[str, str]:
    """A headline and two sentences."""
    at = dice.sample([_PLACES[n : n + 2] for n in range(0, len(_PLACES), 2)], 3)
    thing = dice.sample([_THINGS[n : n + 2] for n in range(0, len(_THINGS), 2)], 3)
    first = f"{at[0]}的{thing[0]}今天{dice.choice('停開關修')}，{at[1]}{thing[1]}照常，共{day}件。"
    return (
        f"{at[0]}{thing[0]}第{day}天的消息",
        f"{first}\n{at[2]}的{thing[2]}則{dice.choice('延增減換')}到第{day + 1}天再說。",
    )


def write(path: Path, title: str, text: str) -> None:
    path.write_text(f"{title}\n\n{text}\n", encoding="utf-8")


def sound_of(out: Path) -> dict[str, tuple[int, int]]:
    """Size and time of writing of every MP3."""
    found = ((p.name, p.stat()) for p in (out / "episodes").glob("*.mp3"))
    return {name: (stat.st_size, stat.st_mtime_ns) for name, stat in found}


@pytest.mark.slow
@pytest.mark.timeout(1500)
async def test_a_year_of_a_daily_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every day writes `today.txt`; edits, removals, moves of the host and a killed run a week.

    feedparser reads the feed every day, the two judges every thirtieth: they take seconds.
    """
    dice, out, cache = random.Random(20260101), tmp_path / "out", str(tmp_path / "cache")
    today = tmp_path / "today.txt"
    show, seconds = SHOW, []
    expected: dict[str, str] = {}
    removed: list[str] = []
    for day in range(_DAYS):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", str(1_767_225_600 + day * 86_400))
        title, text = news_of(day, dice)
        write(today, title, text)
        os.utime(today, (1_767_225_600 + day * 86_400,) * 2)
        before = sound_of(out) if out.is_dir() else {}
        if day % 7 == 3:
            with monkeypatch.context() as patch, pytest.raises(KilledError):
                patch.setattr("tests.podcast.newsroom.Folder", KilledFolder)
                patch.setattr(KilledFolder, "left", dice.randint(1, 7))
                await make(out, today, voice=Tone(), cache=cache, show=show)
        if day == 200:
            show = replace(SHOW, base_url="https://new.example/show")
        began = time.process_time()
        outcome = await make(out, today, voice=Tone(), cache=cache, show=show)
        seconds.append(time.process_time() - began)
        assert outcome.failures == []
        after = sound_of(out)
        for name in removed:
            assert f"{name}.mp3" not in after
            before.pop(f"{name}.mp3", None)
        assert {name: after.get(name) for name in before} == before, "old sound is not touched"
        removed.clear()
        if day % 11 == 5:  # corrected in the evening
            write(today, title, text.replace("照常", "也照常"))
            os.utime(today, (1_767_225_600 + day * 86_400 + 3600,) * 2)
            await make(out, today, voice=Tone(), cache=cache, show=show)
        expected[title] = next(
            record.guid for record in Folder(out).records() if record.title == title
        )
        feed = feedparser.parse((out / "feed.xml").read_bytes())
        assert not feed.bozo
        listed = {entry.title: entry.id for entry in feed.entries}
        assert listed == dict(list(expected.items())[-len(listed) :])
        assert len(listed) == min(300, len(expected))
        if day % 30 == 29:
            warnings, _ = judged(out / "feed.xml")
            assert warnings == []
        if day % 40 == 39:  # withdrawn; it goes with the next run
            gone = dice.choice(list(Folder(out).records()))
            Folder(out).forget(Removed(gone.guid, gone.title))
            removed.append(gone.name)
            del expected[gone.title]
    assert {r.title: r.guid for r in Folder(out).records()} == expected, "the archive is whole"
    assert median(seconds[-30:]) < 4 * median(seconds[20:50]), "feeds of 300 items take their time"
    print(f"a run: {median(seconds[20:50]):.3f} s at first, {median(seconds[-30:]):.3f} s at last")
