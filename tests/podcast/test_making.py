"""What a run makes, keeps, reports; and what another run does not do again."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
from pathlib import Path

import mutagen.mp3
import pytest

from reader.errors import BadOptions, StorageError, VoiceUnavailable
from reader.podcast import Folder
from reader.podcast.options import Show
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.pipeline.voices import Counted, Tone, baker
from tests.podcast.newsroom import contents, make, write_article
from tests.sound import decoded, mp3val_complaints

pytestmark = pytest.mark.usefixtures("embedded_voice")


def ffprobe(path: Path) -> dict[str, object]:
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format"]
    done = subprocess.run([*command, "-show_streams", str(path)], capture_output=True, check=True)
    fields: dict[str, object] = json.loads(done.stdout)
    return fields


@pytest.mark.thorough
async def test_an_episode_in_the_real_voice(tmp_path: Path) -> None:
    source = write_article(tmp_path, 1)
    out = tmp_path / "out"
    await make(out, source, voice=baker(), disclosure=True)
    (audio,) = (out / "episodes").glob("*.mp3")
    assert mp3val_complaints(audio) == []
    heard = len(decoded(audio)) / 24_000
    probed = ffprobe(audio)
    kinds = [stream["codec_name"] for stream in probed["streams"]]  # type: ignore[attr-defined]
    assert kinds == ["mp3", "mjpeg"], "the sound and the cover"
    chapters = probed["chapters"]
    titles = [chapter["tags"]["title"] for chapter in chapters]  # type: ignore[attr-defined]
    assert titles == ["第1號列車「準點」進站", "旅客的話"]
    tags = mutagen.mp3.MP3(audio)
    assert abs(tags.info.length - heard) < 0.05
    assert str(tags["TIT2"]) == "第1號列車「準點」進站"
    assert str(tags["TALB"]).startswith("慢車電台")
    assert tags.tags.getall("APIC")[0].mime == "image/jpeg"
    cues = audio.with_suffix(".vtt").read_text(encoding="utf-8")
    subtitles = audio.with_suffix(".srt").read_text(encoding="utf-8")
    page = audio.with_suffix(".html").read_text(encoding="utf-8")
    for sentence in ("月台上的旅客拍手叫好", "已經搭了4年", "本音檔由語音合成"):
        assert sentence in cues
        assert sentence in subtitles
        assert sentence in page


async def test_a_source_that_fails_is_reported_and_the_others_are_finished(
    tmp_path: Path,
) -> None:
    good = write_article(tmp_path, 1)
    empty = tmp_path / "empty.txt"
    empty.write_text("", encoding="utf-8")
    out = tmp_path / "out"
    outcome = await make(out, tmp_path / "no.html", good, empty, voice=Tone())
    assert [Path(f.location).name for f in outcome.failures] == ["no.html", "empty.txt"]
    assert (outcome.n_made, outcome.n_listed) == (1, 1)


class FailsOn(Counted):
    """Cannot say one sentence."""

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        if "二號" in line.spoken:
            raise VoiceUnavailable("the service does not answer; try again later")
        return await super().speak(line, prosody)


@pytest.mark.parametrize("digest", [False, True])
async def test_what_the_voice_cannot_say_is_in_no_feed(tmp_path: Path, digest: bool) -> None:
    for number in range(1, 4):
        write_article(tmp_path / "news", number)
    out = tmp_path / "out"
    outcome = await make(
        out, tmp_path / "news", voice=FailsOn(Tone()), digest=digest, digest_date="2026-05-04"
    )
    assert [Path(f.location).name for f in outcome.failures] == ["news0002.html"]
    assert "sentence 1" in str(outcome.failures[0].error)
    feed = (out / "feed.xml").read_text(encoding="utf-8")
    assert "第1號" in feed
    assert "第3號" in feed
    assert "第2號" not in feed


async def test_a_second_run_does_nothing_and_changes_nothing(tmp_path: Path) -> None:
    for number in range(4):
        write_article(tmp_path / "news", number)
    out = tmp_path / "out"
    await make(out, tmp_path / "news", voice=Tone())
    before = contents(out)
    voice = Counted(Tone())
    outcome = await make(out, tmp_path / "news", voice=voice, cache="memory://")
    assert (outcome.n_made, outcome.n_known, voice.said) == (0, 4, [])
    assert contents(out) == before


async def test_a_damaged_folder_is_repaired_from_the_cache(tmp_path: Path) -> None:
    for number in range(3):
        write_article(tmp_path / "news", number)
    out = tmp_path / "out"
    await make(out, tmp_path / "news", voice=Tone())
    before = contents(out)
    first, second, third = sorted((out / "episodes").glob("*.mp3"))
    first.unlink()
    second.write_bytes(second.read_bytes()[:1000])
    third.with_suffix(".vtt").unlink()
    (out / "episodes" / ".part-x").write_bytes(b"half")
    voice = Counted(Tone())
    outcome = await make(out, tmp_path / "news", voice=voice)
    assert (outcome.n_made, voice.said) == (3, [])
    assert contents(out) == before


async def test_the_same_name_with_other_words_is_another_episode(tmp_path: Path) -> None:
    one = write_article(tmp_path / "a", 1)
    same = write_article(tmp_path / "b", 1)
    other = write_article(
        tmp_path / "c", 1, text="這是另一篇完全不同的報導，只是檔名剛好一樣而已。"
    )
    outcome = await make(tmp_path / "out", one, same, other, voice=Tone())
    assert (outcome.n_listed, outcome.failures) == (2, [])
    again = await make(tmp_path / "out", one, same, other, voice=Tone())
    assert (again.n_listed, again.n_made) == (2, 0)


async def test_folders_lists_and_feeds_are_sources(tmp_path: Path) -> None:
    write_article(tmp_path / "folder" / "deep", 1)
    write_article(tmp_path / "listed", 2)
    (tmp_path / "today.list").write_text("# today\nlisted/news0002.html\n", encoding="utf-8")
    (tmp_path / "news.xml").write_text(
        """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>站</title>
<item><title>沒有網頁的快訊</title><guid>f1</guid><pubDate>Mon, 04 May 2026 01:00:00 GMT</pubDate>
<description>&lt;p&gt;這一則快訊只在饋送裡，沒有自己的網頁，內容是列車今天全部準點。&lt;/p&gt;</description>
</item></channel></rss>""",
        encoding="utf-8",
    )
    (tmp_path / "atom.xml").write_text(
        """<feed xmlns="http://www.w3.org/2005/Atom"><title>站</title><entry><id>urn:1</id>
<title>另一則快訊</title><updated>2026-05-05T00:00:00Z</updated><content type="html">
&lt;p&gt;這一則也沒有網頁，內容是昨天的列車也全部準點，旅客非常滿意。&lt;/p&gt;</content></entry></feed>""",
        encoding="utf-8",
    )
    sources = ("folder", "today.list", "news.xml", "atom.xml")
    outcome = await make(tmp_path / "out", *(tmp_path / name for name in sources), voice=Tone())
    assert outcome.failures == []
    assert outcome.n_listed == 4
    feed = (tmp_path / "out" / "feed.xml").read_text(encoding="utf-8")
    for text in ("沒有網頁的快訊", "另一則快訊", "Mon, 04 May 2026 09:00:00 +0800"):
        assert text in feed


async def test_intro_and_outro_frame_the_words(tmp_path: Path) -> None:
    source = write_article(tmp_path, 1)
    await make(tmp_path / "plain", source, voice=Tone())
    jingle = tmp_path / "jingle.wav"
    command = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "sine=f=880:d=2:r=44100", str(jingle)]
    await asyncio.to_thread(subprocess.run, command, check=True)
    await make(tmp_path / "framed", source, voice=Tone(), intro=jingle, outro=jingle)
    lengths = []
    for name in ("plain", "framed"):
        (audio,) = (tmp_path / name / "episodes").glob("*.mp3")
        assert mp3val_complaints(audio) == []
        lengths.append(len(decoded(audio)) / 24_000)
    assert lengths[1] - lengths[0] == pytest.approx(5.0, abs=0.15), "twice 2 s and a pause"
    (cues,) = (tmp_path / "framed" / "episodes").glob("*.vtt")
    assert "00:00:02.5" in cues.read_text(encoding="utf-8").split(" --> ")[0]


@pytest.mark.parametrize(
    "show",
    [
        {"title": "", "base_url": "https://a.example"},
        {"title": "x", "base_url": "a.example"},
        {"title": "x", "base_url": "ftp://a.example"},
        {"title": "x", "base_url": "https://a.example", "email": "nobody"},
        {"title": "x", "base_url": "https://a.example", "language": "中文"},
    ],
)
def test_options_that_cannot_work(show: dict[str, str]) -> None:
    with pytest.raises(BadOptions):
        Show(**show)


def test_a_folder_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="choose another"):
        Folder(tmp_path / "file" / "out")


def test_a_failing_write_leaves_the_old_file(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.write("feed.xml", b"old")
    with pytest.raises(StorageError), folder.replacing("feed.xml") as out:
        out.write(b"new")
        raise OSError(28, os.strerror(28))
    assert (tmp_path / "feed.xml").read_bytes() == b"old"
    assert list(tmp_path.glob(".part-*")) == []
