"""What a file says about itself, as others read it."""

from __future__ import annotations

import io
import itertools
import json
import subprocess
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from PIL import Image

from reader.narration.chapters import paragraph_chapters
from reader.narration.model import TimedUtterance
from reader.narration.tagging import tags_of
from reader.narration.timings import WordTimings
from reader.script import HEADLINE, Script
from reader.stitch import DISCLOSURE, Chapter, Mp3Writer, Tags
from tests.pipeline.voices import Tone
from tests.sound import mp3val_complaints


def picture(kind: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, kind)
    return out.getvalue()


FULL = Tags(
    title="「標題」& 😀",
    artist="記者林若溪",
    album="晨河日報",
    date="2026-03-12T08:30",
    source_url="https://例.example/新聞/1?a=b&c=%20",
    cover=picture("PNG"),
    chapters=(Chapter(0.0, 1.5, "開場"), Chapter(1.5, 3.0, "第二段", "https://a.example/二")),
    lyrics=((0.05, "今天放晴。"), (1.5, "氣溫回升。")),
    gain_steps=3,
)


async def written(folder: Path, tags: Tags) -> Path:
    path = folder / "out.mp3"
    with path.open("wb") as out:
        writer = Mp3Writer(out, tags)
        clip = await Tone().speak(None, None)  # type: ignore[arg-type]
        writer.write(clip.frames * 3)
        writer.finish()
    return path


async def test_every_field_reads_back(tmp_path: Path) -> None:
    path = await written(tmp_path, FULL)
    tags = ID3(path)
    assert tags.version == (2, 4, 0)
    texts = {name: str(tags[name]) for name in ("TIT2", "TPE1", "TALB", "TDRC", "TLAN")}
    assert texts == {
        "TIT2": "「標題」& 😀",
        "TPE1": "記者林若溪",
        "TALB": "晨河日報",
        "TDRC": "2026-03-12 08:30",
        "TLAN": "zho",
    }
    assert str(tags["COMM::zho"]) == DISCLOSURE
    (source,) = tags.getall("WOAF")
    assert source.url == "https://%E4%BE%8B.example/%E6%96%B0%E8%81%9E/1?a=b&c=%20"
    assert tags.getall("APIC")[0].mime == "image/png"
    assert tags.getall("SYLT")[0].text == [("今天放晴。", 50), ("氣溫回升。", 1500)]
    assert str(tags["TXXX:MP3GAIN_UNDO"]) == "-003,-003,N"
    assert mp3val_complaints(path) == []


async def test_chapters_as_ffprobe_reads_them(tmp_path: Path) -> None:
    path = await written(tmp_path, FULL)
    command = ["ffprobe", "-v", "error", "-of", "json", "-show_chapters", "-show_format"]
    found = json.loads(subprocess.run([*command, path], capture_output=True, check=True).stdout)  # noqa: ASYNC221
    chapters = [(c["start_time"], c["end_time"], c["tags"]["title"]) for c in found["chapters"]]
    assert chapters == [("0.000000", "1.500000", "開場"), ("1.500000", "3.000000", "第二段")]
    assert found["format"]["tags"]["title"] == FULL.title
    assert float(found["format"]["duration"]) == pytest.approx(3.17, abs=0.06)


async def test_more_chapters_than_a_table_can_list(tmp_path: Path) -> None:
    chapters = tuple(Chapter(float(n), n + 1.0, f"第{n}段") for n in range(700))
    path = await written(tmp_path, Tags("題", chapters=chapters))
    found = sorted(ID3(path).getall("CHAP"), key=lambda frame: frame.start_time)
    assert len(found) == 255 == len(ID3(path).getall("CTOC")[0].child_element_ids)
    assert (found[0].start_time, found[-1].end_time) == (0, 700_000)
    assert all(a.end_time == b.start_time for a, b in itertools.pairwise(found))


def test_empty_fields_are_left_out() -> None:
    tags = ID3(io.BytesIO(Tags("").to_id3()))
    assert set(tags) == {"TLAN", "COMM::zho"}


def test_a_paragraph_is_a_chapter() -> None:
    def said(index: int, paragraph: int, start_s: float, end_s: float) -> TimedUtterance:
        text = f"第{index}句" + "很長" * (30 if index == 2 else 0)
        return TimedUtterance(index, paragraph, text, text, start_s, end_s, WordTimings())

    utterances = [
        said(0, HEADLINE, 0.05, 1.0),
        said(1, 0, 2.0, 3.0),
        said(2, 1, 4.0, 4.0),
        said(3, 1, 4.5, 6.0),
        said(4, 1, 6.5, 7.0),
    ]
    chapters = paragraph_chapters(utterances, 8.0)
    assert [(c.start_s, c.end_s, c.title) for c in chapters] == [
        (0.0, 2.0, "第0句"),
        (2.0, 4.5, "第1句"),
        (4.5, 8.0, "第3句"),
    ]
    script = Script("題", "記者", "2026", (), (), site="晨河日報", url="https://a.example/")
    tags = tags_of(script, utterances, 8.0, lyrics=True)
    assert (tags.album, tags.source_url) == ("晨河日報", "https://a.example/")
    assert [text[:3] for _, text in tags.lyrics] == ["第0句", "第1句", "第3句", "第4句"]
