"""Two runs at once, a disk that is full, texts that mean harm."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from pathlib import Path

import feedparser
import mutagen.mp3
import pytest
import webvtt

from reader.errors import StorageError, VoiceUnavailable
from reader.podcast import Folder, Watcher
from reader.podcast.elements import cleaned, parsed
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make, write_article
from tests.podcast.test_killed import ROOT
from tests.podcast.test_making import ffprobe


class Waits(Counted):
    """Says nothing until it may."""

    def __init__(self) -> None:
        super().__init__(Tone())
        self.may = asyncio.Event()
        self.asked = asyncio.Event()

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.asked.set()
        await self.may.wait()
        return await super().speak(line, prosody)


async def test_two_runs_at_once(tmp_path: Path) -> None:
    """The second is told so; the first one's files are left to it."""
    source, out, voice = write_article(tmp_path, 1), tmp_path / "out", Waits()
    first = asyncio.create_task(make(out, source, voice=voice))
    await voice.asked.wait()
    with pytest.raises(StorageError, match="another run is working in"):
        await make(out, source, voice=Tone())
    voice.may.set()
    assert (await first).n_made == 1
    assert (await make(out, source, voice=Tone())).n_known == 1, "and then it may"


_FULL = """
import asyncio, resource, sys
from pathlib import Path
from reader.errors import StorageError
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import contents, make, write_article

place = Path(sys.argv[1])
news, out, cache = place / "news", place / "out", str(place / "cache")
write_article(news, 1)
asyncio.run(make(out, news, voice=Tone(), cache=cache))
before = contents(out)
write_article(news, 2, text="站長親自出來迎接，旅客拍手叫好。" * 20)
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, resource.RLIM_INFINITY))
try:
    asyncio.run(make(out, news, voice=Tone(), cache=cache))
except StorageError as error:
    print(error)
assert contents(out) == before
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
assert asyncio.run(make(out, news, voice=Tone(), cache=cache)).n_listed == 2
assert len(contents(out)) == len(before) + 6, "five files and a record"
"""


@pytest.mark.thorough
def test_a_disk_that_is_full(tmp_path: Path) -> None:
    """No file may grow beyond a size, as on a disk without room: the old episodes and the feed
    stay as they are, nothing half-written beside them; with room again, the run goes on."""
    call = [sys.executable, "-c", _FULL, str(tmp_path)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "File too large" in done.stdout
    assert done.stdout.count("\n") == 1


class Bar(Watcher):
    """What a progress bar would show, at each step."""

    def __init__(self) -> None:
        self.total = 0
        self.done = 0
        self.shares: dict[int, float] = {}
        self.shown: list[float] = []

    def found(self, n_sources: int) -> None:
        self.total += n_sources

    def advanced(self, order: int, share: float) -> None:
        self.shares[order] = share
        self.shown.append(self.done + sum(self.shares.values()))

    def finished(self, order: int) -> None:
        self.shares.pop(order, None)
        self.done += 1
        self.shown.append(self.done + sum(self.shares.values()))


@pytest.mark.thorough
@pytest.mark.parametrize("digest", [False, True])
async def test_progress_only_grows_and_ends_at_the_whole(tmp_path: Path, digest: bool) -> None:
    for number in range(1, 5):
        write_article(tmp_path / "news", number)
    bar = Bar()
    sources = (tmp_path / "news", tmp_path / "no.html")
    await make(tmp_path / "out", *sources, voice=Tone(), watcher=bar, digest=digest)
    assert bar.shown == sorted(bar.shown)
    assert bar.shown[-1] == bar.total == bar.done == (6 if digest else 5)
    assert len({round(share, 3) for share in bar.shown}) > 10, "by sentences, not by articles"


HOSTILE = (
    "]]></title><item>「注入」&amp;lt;b&amp;gt;",
    "控制\x07字元\x0b與\u202e反向\u200b零寬",
    "代理\ud800落單",
    "很長的標題" * 400,
    "🏳️\u200d🌈 emoji\u0000與空",
    "../../../etc/passwd\r\n\r\n00:00 --> 00:01\r\n插隊",
    "<script>alert(1)</script>{{7*7}}",
)


@pytest.mark.thorough
@pytest.mark.parametrize("digest", [False, True])
async def test_titles_that_mean_harm(tmp_path: Path, digest: bool) -> None:
    """Whatever a headline holds, every file is what it says it is."""
    folder = tmp_path / "news"
    folder.mkdir()
    for number, title in enumerate(HOSTILE):
        body = f"{title}\n\n第{number}號列車今天準點進站，{title[:40]}，旅客拍手叫好。\n"
        data = body.encode("utf-8", "surrogatepass")
        (folder / f"{number}.txt").write_bytes(data)
    out = tmp_path / "out"
    outcome = await make(out, folder, voice=Tone(), digest=digest, digest_date="2026-05-04")
    assert outcome.failures == []
    found = feedparser.parse((out / "feed.xml").read_bytes())
    assert not found.bozo
    assert len(found.entries) == (1 if digest else len(HOSTILE))
    titles = {
        item.findtext("title") for item in parsed((out / "feed.xml").read_bytes()).iter("item")
    }
    for record in Folder(out).records():
        assert cleaned(record.title)[:200] in {title[:200] for title in titles}
        assert all(len(title) <= 255 for title in titles)
        audio = out / record.path(".mp3")
        assert mutagen.mp3.MP3(audio).tags is not None
        chapters = ffprobe(audio)["chapters"]
        listed = json.loads((out / record.path(".chapters.json")).read_bytes())["chapters"]
        assert len(chapters) == len(listed)  # type: ignore[arg-type]
        captions = webvtt.read(str(out / record.path(".vtt")))
        assert captions[-1].end_in_seconds <= record.duration_s + 1
        assert all(c.start < c.end for c in captions)
        page = (out / record.path(".html")).read_text(encoding="utf-8")
        assert "<script" not in page
        assert page.count("<p>") == page.count("<time>")


class NoOpening(Counted):
    """Cannot say what is around the articles."""

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if "歡迎" in line.spoken:
            raise VoiceUnavailable("the service does not answer; try again later")
        return await super().speak(line, prosody)


async def test_a_digest_whose_opening_fails_is_told_of_with_the_others(tmp_path: Path) -> None:
    source = write_article(tmp_path, 1)
    outcome = await make(
        tmp_path / "out", source, tmp_path / "no.html", voice=NoOpening(Tone()), digest=True
    )
    locations = [Path(failure.location).name for failure in outcome.failures]
    assert locations == ["今日新聞摘要", "no.html"]
    assert outcome.n_listed == 0
