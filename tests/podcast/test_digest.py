"""今日新聞摘要: what is said around the articles, and chapters where they begin."""

from __future__ import annotations

import json
from pathlib import Path

import mutagen.mp3
import pytest

from tests.pipeline.voices import Counted, Tone, baker
from tests.podcast.newsroom import make, write_article
from tests.podcast.test_making import ffprobe


@pytest.mark.parametrize("lead_only", [False, True])
async def test_a_digest_says_what_is_coming_and_ends(tmp_path: Path, lead_only: bool) -> None:
    for number in range(1, 4):
        write_article(tmp_path / "news", number)
    voice = Counted(Tone())
    out = tmp_path / "out"
    outcome = await make(
        out, tmp_path / "news", voice=voice, digest=True, digest_date="2026-05-04",
        lead_only=lead_only, disclosure=True,
    )  # fmt: skip
    assert (outcome.n_made, outcome.n_listed, outcome.failures) == (1, 1, [])
    (page,) = (out / "episodes").glob("*.html")
    text = page.read_text(encoding="utf-8")
    order = (
        "今天是2026年5月4日，星期一，為您播報3則新聞。", "第1則新聞。", "第1號列車今天準點",
        "第2則新聞。", "第2號列車今天準點", "最後一則新聞。", "第3號列車今天準點", "謝謝收聽",
        "本音檔由語音合成",
    )  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert ("已經搭了" in text) is not lead_only
    assert len(voice.said) == len(set(voice.said)), "no sentence twice"
    assert "二零二六年五月四日" in "".join(voice.said) or "二〇二六年五月四日" in "".join(
        voice.said
    )


async def test_chapters_begin_where_the_articles_do(tmp_path: Path) -> None:
    """In the real voice; the captions are the witnesses, ffprobe and mutagen the readers."""
    for number in range(1, 3):
        write_article(tmp_path / "news", number)
    out = tmp_path / "out"
    await make(
        out, tmp_path / "news", voice=baker(), digest=True, digest_date="2026-05-04",
        lead_only=True,
    )  # fmt: skip
    (audio,) = (out / "episodes").glob("*.mp3")
    cues = audio.with_suffix(".vtt").read_text(encoding="utf-8").split("\n\n")
    said: dict[str, float] = {}
    for cue in cues:
        lines = cue.splitlines()
        if len(lines) == 3:
            h, m, s = lines[1].split(" --> ")[0].split(":")
            said[lines[2]] = int(h) * 3600 + int(m) * 60 + float(s)  # the later one: the article
    titles = ["第1號列車「準點」進站", "第2號列車「準點」進站"]
    wanted = [0.0, *(said[title] for title in titles)]
    probed = ffprobe(audio)["chapters"]
    assert [c["tags"]["title"] for c in probed] == ["開場", *titles]  # type: ignore[attr-defined]
    by_ffprobe = [float(c["start_time"]) for c in probed]  # type: ignore[attr-defined]
    tags = mutagen.mp3.MP3(audio).tags
    by_mutagen = sorted(frame.start_time / 1000 for frame in tags.getall("CHAP"))
    listed = json.loads(audio.with_name(f"{audio.stem}.chapters.json").read_text())
    by_json = [chapter["startTime"] for chapter in listed["chapters"]]
    for starts in (by_ffprobe, by_mutagen, by_json):
        assert starts == pytest.approx(wanted, abs=0.1)
