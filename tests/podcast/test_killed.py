"""kill -9 in the middle: the next run ends with the folder of an undisturbed one."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from reader.article import extract, load_source
from reader.narration.assembly import LOOK_AHEAD
from reader.podcast.elements import parsed
from reader.podcast.folder import FIRST_PAGE
from reader.script import Line, write_script
from reader.synthesis.cache_keys import clip_key, clip_path
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import OLD_FEED, OPTIONS, contents, write_article

ROOT = Path(__file__).resolve().parents[2]


class Run:
    """A maker in its own process, its cache and log."""

    def __init__(self, place: Path, news: Path, *, old: bool) -> None:
        self.place, self.news = place, news
        self.out, self.log, self.cache = place / "out", place / "said.txt", place / "cache"
        self.out.mkdir(parents=True)
        if old:
            (self.out / FIRST_PAGE).write_text(OLD_FEED, encoding="utf-8")
        self.log.touch()

    def start(self) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "tests.podcast.killable"]
        environment = {**os.environ, "TINGWEN_CACHE": str(self.cache)}
        paths = [str(path) for path in (self.news, self.out, self.log)]
        return subprocess.Popen([*command, *paths], cwd=ROOT, env=environment)

    def finish(self) -> float:
        """Run to the end; seconds it took."""
        began = time.monotonic()
        assert self.start().wait() == 0
        return time.monotonic() - began

    def kill_after(self, seconds: float) -> None:
        process = self.start()
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def said(self) -> Counter[str]:
        return Counter(self.log.read_text(encoding="utf-8").splitlines())

    def kept(self, lines: dict[str, Line]) -> set[str]:
        """The sentences whose clip lies in the cache."""
        prosody = OPTIONS.read.prosody
        return {
            spoken
            for spoken, line in lines.items()
            if any(self.cache.rglob(Path(clip_path(clip_key(line, Tone(), prosody))).name))
        }


def spoken_lines(news: Path) -> dict[str, Line]:
    scripts = (write_script(extract(load_source(str(page)))) for page in sorted(news.iterdir()))
    return {u.spoken: u.line for script in scripts for u in script.utterances if u.spoken}


def check_the_feed(out: Path, *, old: bool) -> None:
    """Whatever the moment: the feed, if there is one, names whole files, and `old` episodes."""
    if not (out / FIRST_PAGE).exists():
        assert not old, "the feed that was there has gone"
        return
    guids = []
    for item in parsed((out / FIRST_PAGE).read_bytes()).iter("item"):
        guids.append(item.findtext("guid"))
        enclosure = item.find("enclosure")
        if not enclosure.get("url").startswith("https://old.example/"):
            audio = out / "episodes" / enclosure.get("url").rsplit("/", 1)[1]
            assert audio.stat().st_size == int(enclosure.get("length"))
    assert ("old-1" in guids) is old


@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize(("n_articles", "old"), [(30, False), (12, True)])
def test_kill_9_at_random_moments(tmp_path: Path, n_articles: int, old: bool) -> None:
    check_kills(tmp_path, n_articles, n_kills=20, old=old)


@pytest.mark.thorough
def test_kill_9_in_the_middle(tmp_path: Path) -> None:
    """Of a run that merges with another program's feed."""
    check_kills(tmp_path, n_articles=4, n_kills=1, old=True)


def check_kills(tmp_path: Path, n_articles: int, n_kills: int, *, old: bool) -> None:
    """With `old`, a feed of another program lies in the folder: its episodes must stay."""
    news = tmp_path / "news"
    for number in range(n_articles):
        write_article(news, number)
    lines = spoken_lines(news)
    undisturbed = Run(tmp_path / "undisturbed", news, old=old)
    usual_s = undisturbed.finish()
    wanted = contents(undisturbed.out)
    check_the_feed(undisturbed.out, old=old)
    assert set(undisturbed.said().values()) == {1}
    dice = random.Random(20260504)
    for n in range(n_kills):
        killed = Run(tmp_path / f"killed-{n}", news, old=old)
        killed.kill_after(dice.uniform(0.1, 1.0) * usual_s)
        check_the_feed(killed.out, old=old)
        kept, begun = killed.kept(lines), killed.said()
        killed.finish()
        assert contents(killed.out) == wanted
        again = [spoken for spoken, count in killed.said().items() if count > 1]
        assert not kept & set(again), "what was spoken is not spoken again"
        in_flight = set(begun) - kept
        assert set(again) <= in_flight
        assert len(in_flight) <= OPTIONS.jobs * LOOK_AHEAD
        assert set(killed.said()) == set(lines), "and nothing is left out"
