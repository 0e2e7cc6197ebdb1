"""今日新聞摘要: what is said around the articles, and chapters where they begin."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import mutagen.mp3
import pytest
import webvtt

from tests.pipeline.voices import Counted, Tone, baker
from tests.podcast.newsroom import SHOW, make, write_article
from tests.podcast.test_making import ffprobe

pytestmark = pytest.mark.usefixtures("embedded_voice")


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
        "接著是第2則新聞。", "第2號列車今天準點", "最後一則新聞。", "第3號列車今天準點", "謝謝收聽",
        "本音檔由語音合成",
    )  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)
    assert ("已經搭了" in text) is not lead_only
    assert len(voice.said) == len(set(voice.said)), "no sentence twice"
    assert "二零二六年五月四日" in "".join(voice.said) or "二〇二六年五月四日" in "".join(
        voice.said
    )


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("title", "n_articles", "said", "unsaid"),
    [
        (
            "慢車早報",
            1,
            ["歡迎收聽慢車早報，今日新聞摘要。", "播報1則新聞。"],
            ["標題", "第1則", "最後"],
        ),
        ("慢車新聞摘要", 2, ["歡迎收聽慢車新聞摘要。", "先聽標題。", "第1則新聞。"], ["，今日"]),
        ("慢車早報", 9, ["先聽前8則的標題。", "再來，第3則新聞。", "最後一則新聞。"], ["第9則"]),
    ],
)
async def test_what_is_said_around_few_and_many(
    tmp_path: Path, title: str, n_articles: int, said: list[str], unsaid: list[str]
) -> None:
    for number in range(1, n_articles + 1):
        path = write_article(tmp_path / "news", number)
        text = path.read_text(encoding="utf-8")
        dateline = "<p>（中央社記者王小明台北4日電）"
        path.write_text(text.replace("<p>", dateline, 1), encoding="utf-8")
    out, show = tmp_path / "out", replace(SHOW, title=title)
    await make(
        out, tmp_path / "news", voice=Tone(), digest=True, digest_date="2026-05-04", show=show
    )
    (page,) = (out / "episodes").glob("*.html")
    text = page.read_text(encoding="utf-8")
    assert [part for part in said if part not in text] == []
    assert [part for part in (*unsaid, "王小明") if part in text] == []


def seconds(clock: str) -> float:
    hours, minutes, rest = clock.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


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
    said = {  # of what is said twice, the later time: the article, not the announcement
        caption.text.replace("\n", ""): seconds(caption.start)
        for caption in webvtt.read(str(audio.with_suffix(".vtt")))
    }
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
