"""The feed as programs that are not ours read it."""

from __future__ import annotations

import io
import re
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from reader.errors import SourceUnreadable
from reader.podcast.elements import ITUNES, PODCAST, add, add_cdata, cleaned, parsed
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import OLD_FEED, SHOW, make, write_article
from tests.podcast.site import Site, let_in

TITLE = "「快車」& 慢車 <b>並行</b> 🚆 ]]> 的一天"


async def feed_of(tmp_path: Path, **changes: Any) -> Path:
    for number in range(3):
        write_article(tmp_path / "news", number)
    write_article(tmp_path / "news", 9, title=TITLE)
    out = tmp_path / "out"
    outcome = await make(out, tmp_path / "news", voice=Tone(), **changes)
    assert (outcome.n_made, outcome.failures) == (4, [])
    return out


async def test_two_readers_of_feeds_read_back_every_item(tmp_path: Path) -> None:
    out = await feed_of(tmp_path)
    theirs = feedparser.parse((out / "feed.xml").read_bytes())
    assert not theirs.bozo
    others = podcastparser.parse(
        "https://pod.example/show/feed.xml", io.BytesIO((out / "feed.xml").read_bytes())
    )
    assert theirs.feed.title == others["title"] == SHOW.title
    assert theirs.feed.language == others["language"] == "zh-TW"
    assert theirs.feed.image.href == others["cover_url"] == "https://pod.example/show/cover.png"
    assert theirs.feed.author == others["itunes_author"] == SHOW.author
    assert len(theirs.entries) == len(others["episodes"]) == 4
    by_guid = {episode["guid"]: episode for episode in others["episodes"]}
    for entry in theirs.entries:
        other = by_guid[entry.id]
        audio = out / "episodes" / entry.enclosures[0].href.rsplit("/", 1)[1]
        assert int(entry.enclosures[0].length) == audio.stat().st_size
        assert other["enclosures"][0]["file_size"] == audio.stat().st_size
        assert other["enclosures"][0]["url"] == entry.enclosures[0].href
        assert other["enclosures"][0]["mime_type"] == "audio/mpeg"
        assert other["published"] == parsedate_to_datetime(entry.published).timestamp()
        assert entry.published.startswith(("Fri, 01", "Sat, 02", "Sun, 03", "Sun, 10"))
        assert entry.published.endswith("May 2026 08:00:00 +0800")
        assert other["total_time"] > 3
    # RSS titles are plain text; podcastparser keeps markup out of its own.
    titles = [item.findtext("title") for item in items(out)]
    assert titles[0] == TITLE, "the newest is first"
    assert [e.published_parsed for e in theirs.entries] == sorted(
        (e.published_parsed for e in theirs.entries), reverse=True
    )


def items(out: Path) -> list[Any]:
    channel = parsed((out / "feed.xml").read_bytes()).find("channel")
    found: list[Any] = channel.findall("item")
    return found


async def test_what_apple_spotify_and_rss_require(tmp_path: Path) -> None:
    out = await feed_of(tmp_path)
    channel = parsed((out / "feed.xml").read_bytes()).find("channel")
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert channel.findtext(name), name
    assert channel.find(f"{ITUNES}category").get("text") == "News"
    assert channel.find(f"{ITUNES}category/{ITUNES}category").get("text") == "Daily News"
    assert channel.findtext(f"{ITUNES}explicit") == "false"
    assert channel.findtext(f"{ITUNES}owner/{ITUNES}email") == SHOW.email
    assert channel.findtext(f"{PODCAST}locked") == "no"
    assert channel.find(f"{PODCAST}funding").get("url") == SHOW.funding_url
    assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5.*", channel.findtext(f"{PODCAST}guid"))
    for item in channel.findall("item"):
        assert item.find("guid").get("isPermaLink") == "false"
        assert set(item.find("enclosure").keys()) == {"url", "length", "type"}
        assert int(item.findtext(f"{ITUNES}duration")) > 0
        named = [t.get("url") for t in item.findall(f"{PODCAST}transcript")]
        named.append(item.find(f"{PODCAST}chapters").get("url"))
        for url in named:
            assert (out / "episodes" / url.rsplit("/", 1)[1]).is_file()


async def test_pages_and_a_limit(tmp_path: Path) -> None:
    out = await feed_of(tmp_path, page_size=3, limit=0)
    first, second = (feedparser.parse((out / n).read_bytes()) for n in ("feed.xml", "feed-2.xml"))
    assert (len(first.entries), len(second.entries)) == (3, 1)
    rels = {link.rel: link.href for link in first.feed.links}
    assert rels["next"] == "https://pod.example/show/feed-2.xml"
    assert {link.rel for link in second.feed.links} >= {"first", "last", "previous", "self"}
    outcome = await make(out, tmp_path / "news", voice=Tone(), limit=2)
    assert (outcome.n_listed, outcome.n_made) == (2, 0)
    assert not (out / "feed-2.xml").exists()
    assert len(items(out)) == 2


async def test_an_existing_feed_is_merged_and_its_items_are_left_as_they_are(
    tmp_path: Path,
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "feed.xml").write_text(OLD_FEED, encoding="utf-8")
    await feed_of(tmp_path)
    await make(out, tmp_path / "news", voice=Tone())
    guids = [item.findtext("guid") for item in items(out)]
    assert len(guids) == 5
    assert guids.index("old-1") == 2, "by date among ours"
    assert items(out)[2].find("{urn:x}own").get("a") == "1"
    channel = parsed((out / "feed.xml").read_bytes()).find("channel")
    assert channel.findtext(f"{PODCAST}guid") == "11111111-2222-5333-8444-555555555555"
    assert channel.findtext(f"{PODCAST}txt") == "a proof"
    assert channel.findtext(f"{ITUNES}applepodcastsverify") == "another"
    assert channel.find("{urn:x}show").get("b") == "2"
    assert channel.find(f"{ITUNES}new-feed-url") is None, "it would send everybody away"
    assert len(channel.findall(f"{PODCAST}guid")) == 1


async def test_all_pages_of_a_feed_are_merged_and_kept_when_it_has_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await feed_of(tmp_path, page_size=1)
    news = write_article(tmp_path / "new", 20)
    merged = await make(tmp_path / "file", news, voice=Tone(), merge=str(old / "feed.xml"))
    assert (merged.n_listed, merged.failures) == (5, [])
    with Site() as site:
        let_in(monkeypatch)
        for path in sorted(old.glob("feed*.xml")):
            text = path.read_text(encoding="utf-8").replace(SHOW.base_url, f"{site.base}/old")
            site.put(f"/old/{path.name}", text, kind="application/rss+xml")
        feed = f"{site.base}/old/feed.xml"
        out = tmp_path / "web"
        assert (await make(out, news, voice=Tone(), merge=feed)).n_listed == 5
        site.pages.clear()
        later = await make(out, news, voice=Tone(), merge=feed)
        assert [failure.location for failure in later.failures] == [feed]
        assert later.n_listed == 5, "what was merged once stays listed"
        with pytest.raises(SourceUnreadable, match="404"):
            await make(tmp_path / "fresh", news, voice=Tone(), merge=feed)
    for wrong in ("<a/>", "<rss><b>", "no XML"):
        (tmp_path / "wrong.xml").write_text(wrong, encoding="utf-8")
        with pytest.raises(SourceUnreadable, match="give "):
            await make(tmp_path / "x", news, voice=Tone(), merge=str(tmp_path / "wrong.xml"))


async def test_guids_survive_an_edit_and_a_change_of_host(tmp_path: Path) -> None:
    out = await feed_of(tmp_path)
    before = {item.findtext("guid"): item.find("enclosure").get("url") for item in items(out)}
    show_before = parsed((out / "feed.xml").read_bytes()).findtext(f"channel/{PODCAST}guid")
    write_article(tmp_path / "news", 1, text="更正：第1號列車其實晚了一分鐘，站長向旅客鞠躬致歉。")
    voice = Counted(Tone())
    moved = type(SHOW)(title=SHOW.title, base_url="https://new.example")
    outcome = await make(out, tmp_path / "news", voice=voice, show=moved)
    assert len(voice.said) == 1, "the sentence that was changed, and no other"
    after = {item.findtext("guid"): item.find("enclosure").get("url") for item in items(out)}
    assert set(after) == set(before)
    assert parsed((out / "feed.xml").read_bytes()).findtext(f"channel/{PODCAST}guid") == show_before
    assert outcome.n_listed == 4
    named = {url.rsplit("/", 1)[1] for url in after.values()}
    assert named == {path.name for path in (out / "episodes").glob("*.mp3")}, "old editions go"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_no_text_can_break_the_xml(text: str) -> None:
    root = etree.Element("r")
    add(root, "t", text)
    add_cdata(root, "c", text)
    again = parsed(etree.tostring(root, encoding="UTF-8"))
    wanted = cleaned(text).replace("\r\n", "\n").replace("\r", "\n")
    assert (again.findtext("c") or "") == wanted
    assert (again.findtext("t") or "") == cleaned(text)
