"""A daily show, simulated day by day through the command line, with what goes wrong in a year."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest.mock import patch

from reader.podcast import Folder
from tests.podcast.command_line import podcast

_FIRST_S = 1_767_225_600
_DAY_S = 86_400
_PLACES = "台北新竹台中嘉義台南高雄屏東台東花蓮宜蘭基隆桃園苗栗彰化雲林南投"
_THINGS = "列車電纜橋梁水庫市場學校醫院港口機場公園夜市書店球場劇院農田漁港"
FIRST_URL, SECOND_URL, THIRD_URL = (
    "https://pod.example/慢 車", "https://new.example/show", "https://third.example/s",
)  # fmt: skip


class KilledError(BaseException):
    """Ends a run wherever it stands, as a signal would."""


class Year:
    """The show in `place / "out"`. Every day's news stands in `today.txt`."""

    def __init__(self, place: Path, page_size: int) -> None:
        self.out, self._today = place / "out", place / "today.txt"
        self._cache = place / "cache"
        self._dice = random.Random(20260101)
        self.guids: dict[str, str] = {}
        """GUID of each episode that is to be there, by its title, the oldest first."""
        self._news = ("", "")
        self._first_flags = (
            "--title", "慢車", "--author", "甲", "--email", "radio@pod.example",
            "--base-url", FIRST_URL, "--voice", "tone",
        )  # fmt: skip
        self._page_size = page_size
        self.now_s = _FIRST_S
        """What the runs take for the time."""

    def begin(self) -> None:
        """Write show.toml."""
        self._today.write_text("", encoding="utf-8")
        assert self.command("init", str(self._today), *self._first_flags) == 0
        with (self.out / "show.toml").open("a", encoding="utf-8") as file:
            file.write(f"page_size = {self._page_size}  # as its user wrote it\n")

    def publish(self) -> None:
        """The day's run, with no flag."""
        assert self.command() == 0

    def write(self, day: int) -> None:
        """The news of the day into the one file."""
        self.now_s = _FIRST_S + day * _DAY_S
        self._news = news_of(day, self._dice)
        self._write("\n\n".join(self._news))

    def correct(self) -> None:
        """The day's news, edited in the evening, under the same headline."""
        title, text = self._news
        self.now_s += _DAY_S // 4
        self._write(f"{title}\n\n{text.replace('照常', '也照常')}")
        assert self.command() == 0

    def kill(self) -> None:
        """A run that ends at some write."""
        with killed_at(self._dice.randint(1, 7)), suppress(KilledError):
            self.command()
            raise AssertionError("the run was not killed")

    def remove(self) -> str:
        """Withdraw an episode; the name of its files."""
        title = self._dice.choice(list(self.guids))
        guid = self.guids.pop(title)
        record = Folder(self.out).record(guid)
        assert record is not None
        assert self.command("remove", guid) == 0
        return record.name

    def lose(self) -> str:
        """Delete the sound of an old episode; its name."""
        title = next(iter(self.guids))
        record = Folder(self.out).record(self.guids[title])
        assert record is not None
        (self.out / record.path(".mp3")).unlink()
        return f"{record.name}.mp3"

    def command(self, *words: str) -> int:
        """`tingwen podcast WORDS --out OUT`, in this process."""
        return podcast(*words, out=self.out, cache=self._cache, now_s=self.now_s)

    def _write(self, text: str) -> None:
        self._today.write_text(f"{text}\n", encoding="utf-8")
        os.utime(self._today, (self.now_s, self.now_s))

    def learn(self) -> None:
        """Note the GUID that the day's news was given."""
        title = self._news[0]
        given = [record.guid for record in Folder(self.out).records() if record.title == title]
        assert len(given) == 1
        self.guids.setdefault(title, given[0])


def news_of(day: int, dice: random.Random) -> tuple[str, str]:
    """A headline and two sentences."""
    at = dice.sample([_PLACES[n : n + 2] for n in range(0, len(_PLACES), 2)], 3)
    thing = dice.sample([_THINGS[n : n + 2] for n in range(0, len(_THINGS), 2)], 3)
    first = f"{at[0]}的{thing[0]}今天{dice.choice('停開關修')}，{at[1]}{thing[1]}照常，共{day}件。"
    return (
        f"{at[0]}{thing[0]}第{day}天的消息",
        f"{first}\n{at[2]}的{thing[2]}則{dice.choice('延增減換')}到第{day + 1}天再說。",
    )


@contextmanager
def killed_at(n_writes: int) -> Iterator[None]:
    """A run ends at its n-th write into the folder."""
    left = n_writes
    replacing = Folder.replacing

    def counted(folder: Folder, path: str) -> object:
        nonlocal left
        left -= 1
        if left == 0:
            raise KilledError
        return replacing(folder, path)

    with patch.object(Folder, "replacing", counted):
        yield
