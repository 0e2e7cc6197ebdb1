"""The feed as the Podcast Index's own parser, feedsmith, and readers of transcripts see it."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from podcast_chapter_tools.extractors import (
    extract_description_chapters,
    extract_pci_chapters,
    find_pci_chapters_url,
)
from podcast_transcript_convert.converters.html_to_json import html_to_podcast_dict
from podcast_transcript_convert.converters.srt_to_json import srt_to_podcast_dict
from podcast_transcript_convert.converters.vtt_to_json import vtt_to_podcast_dict

from reader.errors import BadOptions
from reader.podcast.categories import CATEGORIES
from reader.podcast.folder import Folder
from reader.podcast.record import Record
from tests.pipeline.voices import Tone
from tests.podcast.newsroom import SHOW, make, write_article

TITLES = (
    "「快車」& 慢車 <b>並行</b> 🚆 ]]> 的一天",
    "「準點」&amp;amp; 不是 &lt;標籤&gt;",
    "👍🏽 𠮷野家",
)
BIN = Path(sys.executable).parent
JUDGES = BIN.parent / "judges"


def judged(feed: Path) -> tuple[list[str], dict[str, Any]]:
    """Warnings, and what they read."""
    command = [BIN / "node", Path(__file__).with_name("judges.cjs"), JUDGES, feed]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    *warnings, last = done.stdout.decode().splitlines()
    found: dict[str, Any] = json.loads(last)
    return [*warnings, *done.stderr.decode().splitlines()], found


@pytest.fixture
async def out(tmp_path: Path) -> Path:
    for number, title in enumerate(TITLES):
        path = write_article(tmp_path / "news", number, title=title)
        head = '<meta name="author" content="王小明"><meta property="og:url" content="https://n.example/a/'
        page = path.read_text(encoding="utf-8")
        path.write_text(page.replace("<title>", f'{head}{number}"><title>'), encoding="utf-8")
    await make(tmp_path / "out", tmp_path / "news", voice=Tone(), page_size=2)
    return tmp_path / "out"


def records(out: Path) -> list[Record]:
    return sorted(Folder(out).records(), key=lambda record: record.published, reverse=True)


async def test_they_read_back_every_item(out: Path) -> None:
    warnings, found = judged(out / "feed.xml")
    assert warnings == []
    first, second = found["partytime"]["items"], found["feedsmith"]["items"]
    assert len(first) == len(second) == 2, "the first page"
    for record, ours, theirs in zip(records(out), first, second, strict=False):
        assert theirs["title"] == theirs["itunes"]["title"] == record.title
        assert ours["title"] == unescape(record.title), "partytime mends what is escaped twice"
        assert ours["guid"] == theirs["guid"]["value"] == record.guid
        assert theirs["guid"]["isPermaLink"] is False
        moment = datetime.fromisoformat(record.published).astimezone(UTC)
        assert ours["pubDate"] == f"{moment:%Y-%m-%dT%H:%M:%S.000Z}"
        size = (out / record.path(".mp3")).stat().st_size
        assert ours["enclosure"] == theirs["enclosures"][0]
        assert ours["enclosure"] == {
            "url": SHOW.url_of(record.path(".mp3")), "length": size, "type": "audio/mpeg",
        }  # fmt: skip
        assert ours["duration"] == theirs["itunes"]["duration"] == round(record.duration_s)
        assert ours["explicit"] is theirs["itunes"]["explicit"] is False
        assert ours["description"] == theirs["description"] == record.lead
        assert ours["content"] == theirs["content"]["encoded"]
        assert f'<p>{record.lead}</p><p><a href="{record.link}">' in ours["content"]
        for kind, suffix in (("text/vtt", ".vtt"), ("application/x-subrip", ".srt")):
            url = SHOW.url_of(record.path(suffix))
            entry = {"url": url, "type": kind, "language": "zh-TW", "rel": "captions"}
            assert entry in theirs["podcast"]["transcripts"]
            assert url in [transcript["url"] for transcript in ours["podcastTranscripts"]]
        assert ours["podcastChapters"] == theirs["podcast"]["chapters"]
        assert ours["podcastChapters"]["type"] == "application/json+chapters"
        assert ours["podcastPeople"][0]["name"] == record.byline


async def test_the_show_has_what_apple_and_the_podcast_index_ask_for(out: Path) -> None:
    _, found = judged(out / "feed.xml")
    ours, theirs = found["partytime"], found["feedsmith"]
    assert ours["title"] == theirs["title"] == SHOW.title
    assert ours["description"]
    assert ours["link"] == theirs["link"]
    assert ours["language"] == theirs["language"] == "zh-TW"
    assert ours["itunesImage"] == theirs["itunes"]["image"] == SHOW.url_of("cover.png")
    assert ours["itunesCategory"] == ["News > Daily News"]
    assert theirs["itunes"]["categories"] == [
        {"text": "News", "categories": [{"text": "Daily News"}]}
    ]
    assert ours["explicit"] is theirs["itunes"]["explicit"] is False
    assert ours["itunesType"] == "episodic"
    assert ours["author"] == theirs["itunes"]["author"] == SHOW.author
    assert ours["owner"] == theirs["itunes"]["owner"] == {"name": SHOW.author, "email": SHOW.email}
    assert ours["locked"] is theirs["podcast"]["locked"]["value"] is False
    assert ours["podcastOwner"] == SHOW.email
    assert ours["podcastFunding"] == [{"message": "支持我們", "url": SHOW.funding_url}]
    assert ours["podcastPeople"][0]["name"] == SHOW.author
    assert ours["guid"] == theirs["podcast"]["guid"]
    assert ours["medium"] == "podcast"
    assert ours["pubsub"] == {"self": SHOW.url_of("feed.xml"), "next": SHOW.url_of("feed-2.xml")}
    understood = {tag for phase in ours["pc20support"].values() for tag in phase}
    assert understood == {
        "locked", "funding", "transcript", "chapters", "person", "guid", "medium",
    }  # fmt: skip
    _, further = judged(out / "feed-2.xml")
    assert len(further["partytime"]["items"]) == 1
    rels = {link["rel"]: link["href"] for link in further["feedsmith"]["atom"]["links"]}
    assert rels["previous"] == rels["first"] == SHOW.url_of("feed.xml")


async def test_the_categories_are_apples(out: Path) -> None:
    """And the judge tells others from them."""
    feed = out / "feed.xml"
    known = {c["name"]: tuple(c["subCategories"]) for c in judged(feed)[1]["categories"]}
    assert {name: sorted(below) for name, below in CATEGORIES.items()} == {
        name: sorted(below) for name, below in known.items()
    }
    wrong = feed.read_text(encoding="utf-8").replace('text="Daily News"', 'text="每日新聞"')
    feed.write_text(wrong, encoding="utf-8")
    assert judged(feed)[1]["partytime"]["itunesCategory"] == []
    for category, hint in (
        (("新聞", ""), "give"), (("New", ""), "give one of: News"),
        (("News", "Daily"), "give one of: Daily News"),
        (("History", "Old"), "leave it out"),
    ):  # fmt: skip
        with pytest.raises(BadOptions, match=hint):
            replace(SHOW, category=category[0], subcategory=category[1])


async def test_the_transcripts_say_the_same_at_the_same_time(out: Path) -> None:
    for record in records(out):
        texts = {
            s: (out / record.path(s)).read_text(encoding="utf-8") for s in (".vtt", ".srt", ".html")
        }
        cues = vtt_to_podcast_dict(texts[".vtt"])["segments"]
        for cue in cues:  # SubRip has no tags but ‹›
            cue["body"] = unescape(cue["body"])
        said = "".join(cue["body"] for cue in cues).replace(" ", "")  # where lines are broken
        in_srt = [{**c, "body": c["body"].replace("<", "‹").replace(">", "›")} for c in cues]
        assert srt_to_podcast_dict(texts[".srt"])["segments"] == in_srt
        paragraphs = html_to_podcast_dict(texts[".html"])["segments"]
        assert len(paragraphs) == 5, "headline and byline, subhead, text"
        assert "".join(p["body"] for p in paragraphs).replace(" ", "") == said
        seconds = {int(cue["startTime"]) for cue in cues}
        assert {p["startTime"] for p in paragraphs} <= seconds
        assert cues[-1]["endTime"] <= record.duration_s


async def test_a_digest_can_be_jumped_in(out: Path) -> None:
    news = out.parent / "news"
    await make(out.parent / "d", news, voice=Tone(), digest=True, digest_date="2026-05-04")
    (record,) = records(out.parent / "d")
    feed = out.parent / "d" / "feed.xml"
    url = find_pci_chapters_url(feed, record.guid)
    assert url == SHOW.url_of(record.path(".chapters.json"))
    listed = json.loads((feed.parent / record.path(".chapters.json")).read_text(encoding="utf-8"))
    chapters = extract_pci_chapters(listed)
    assert chapters is not None
    assert [c.title for c in chapters] == ["開場", *TITLES]
    assert [c.url for c in chapters[1:]] == [f"https://n.example/a/{n}" for n in range(3)]
    notes = judged(feed)[1]["feedsmith"]["items"][0]["content"]["encoded"]
    jumps = extract_description_chapters(notes)
    assert jumps is not None
    assert [(j.start, unescape(j.title)) for j in jumps] == [(c.start, c.title) for c in chapters]
