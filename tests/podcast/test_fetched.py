"""Sources over HTTP, from a site on this machine: feeds, what they lead to, what goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.podcast import Outcome
from reader.podcast.elements import parsed
from tests.cli.test_cli import tingwen
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make
from tests.podcast.site import Site, let_in

pytestmark = pytest.mark.usefixtures("embedded_voice")

TEXT = "慢車鐵路今天全線準點，旅客在月台上拍手叫好，站長親自出來迎接每一班列車。"
OTHER = "鐵路警察昨天在車廂裡找回一把小提琴，失主是一名趕著上台表演的高中學生。"


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    with Site() as made:
        let_in(monkeypatch)
        yield made


def rss(*items: str, encoding: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"'
    text += ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>站</title>'
    return f"{text}{''.join(items)}</channel></rss>".encode(
        "cp950" if encoding == "big5" else encoding
    )


def entry(title: str, link: str, *, day: int = 4, more: str = "") -> str:
    date = f"<pubDate>0{day} May 2026 01:00:00 GMT</pubDate>"
    return f"<item><title>{title}</title><link>{link}</link>{date}{more}</item>"


def listed(out: Path) -> dict[str, str]:
    """Titles and dates of the feed that was made."""
    found = parsed((out / "feed.xml").read_bytes()).iter("item")
    return {item.findtext("title"): item.findtext("pubDate") for item in found}


def failed(outcome: Outcome) -> list[tuple[str, str]]:
    return [(failure.location, str(failure.error)) for failure in outcome.failures]


async def test_a_feed_leads_to_its_articles(site: Site, tmp_path: Path) -> None:
    """By relative links, over redirects; one that has gone is told of, the others are read."""
    site.article("/a/1?id=7", "準點的一天", TEXT)
    site.article("/b/2", "找回的小提琴", OTHER)
    site.put("/old/2", "", status=301, location="/b/2")
    feed = site.put(
        "/feeds/news.xml",
        rss(
            entry("準點", "../a/1?id=7"), entry("提琴", "/old/2", day=5),
            entry("不見了", "/gone/3"), "<item><title>沒有連結</title></item>",
        ),
        kind="application/rss+xml",
    )  # fmt: skip
    moved = site.put("/feed", "", status=302, location="/feeds/news.xml")
    outcome = await make(tmp_path / "out", moved, voice=Tone())
    assert listed(tmp_path / "out") == {
        "找回的小提琴": "Tue, 05 May 2026 09:00:00 +0800",
        "準點的一天": "Mon, 04 May 2026 09:00:00 +0800",
    }
    gone = f"{site.base}/gone/3"
    assert failed(outcome) == [(gone, f"{gone} answers with status 404: check the address")]
    voice = Counted(Tone())
    again = await make(tmp_path / "out", feed, voice=voice)
    assert (again.n_made, again.n_known, voice.said) == (0, 2, []), "the same episodes"


async def test_atom_with_a_base(site: Site, tmp_path: Path) -> None:
    site.article("/a/1", "準點的一天", TEXT)
    feed = site.put(
        "/atom",
        f"""<?xml-stylesheet href="x.xsl"?><!-- 一則 --><feed xmlns="http://www.w3.org/2005/Atom"
 xml:base="{site.base}/a/"><title>站</title><entry><id>urn:1</id><title>準點</title>
<link rel="edit" href="edit"/><link rel="alternate" href="1"/>
<published>2026-05-05T00:00:00Z</published></entry></feed>""",
        kind="application/atom+xml",
    )
    outcome = await make(tmp_path / "out", feed, voice=Tone())
    assert outcome.failures == []
    assert listed(tmp_path / "out") == {"準點的一天": "Tue, 05 May 2026 08:00:00 +0800"}


@pytest.mark.parametrize("kind", ["text/xml", "text/xml; charset=big5", "application/rss+xml"])
async def test_a_feed_in_big5(site: Site, tmp_path: Path, kind: str) -> None:
    """碁 and 恒 are in cp950, not in Big5 as Python's codec knows it: feedparser alone reads
    such a feed as Windows-1252."""
    words = f"<description>&lt;p&gt;宏碁總部的恒溫車廂，{TEXT}&lt;/p&gt;</description>"
    item = f"<item><title>宏碁「準點」&amp;amp; 恒溫</title><guid>1</guid>{words}</item>"
    feed = site.put("/big5.xml", rss(item, encoding="big5"), kind=kind)
    outcome = await make(tmp_path / "out", feed, voice=Tone())
    assert outcome.failures == []
    assert list(listed(tmp_path / "out")) == ["宏碁「準點」& 恒溫"]
    (page,) = (tmp_path / "out" / "episodes").glob("*.html")
    assert "宏碁總部的恒溫車廂" in page.read_text(encoding="utf-8")


async def test_a_page_that_cannot_be_had_is_read_from_the_feed(site: Site, tmp_path: Path) -> None:
    """Where the feed has the whole of it; a summary is not the article."""
    whole = f"<content:encoded><![CDATA[<p>{TEXT}</p><p>{OTHER}</p>]]></content:encoded>"
    summary = f"<description>{OTHER}</description>"
    feed = site.put(
        "/feed.xml",
        rss(entry("全文", "/gone/1", more=whole), entry("摘要", "/gone/2", more=summary)),
        kind="application/rss+xml",
    )
    out = tmp_path / "out"
    outcome = await make(out, feed, voice=Tone())
    assert list(listed(out)) == ["全文"]
    assert [location for location, _ in failed(outcome)] == [f"{site.base}/gone/2"]
    (note,) = outcome.notes
    assert str(note).endswith(f"the text in the feed {feed} is read instead")
    assert f"<link>{site.base}/gone/1</link>" in (out / "feed.xml").read_text(encoding="utf-8")
    site.article("/gone/1", "網頁的標題", f"{TEXT}{OTHER}這是網頁上的版本。")
    assert (await make(out, feed, voice=Tone())).n_made == 1, "the page is a better edition"
    assert list(listed(out)) == ["網頁的標題"]
    del site.pages["/gone/1"]
    third = await make(out, feed, voice=Tone())
    assert (third.n_made, len(third.failures), third.n_listed) == (0, 2, 1), "and stays"


async def test_what_has_not_changed_is_not_sent_again(site: Site, tmp_path: Path) -> None:
    site.article("/a/1", "準點的一天", TEXT)
    feed = site.put("/feed.xml", rss(entry("準點", "/a/1")), kind="application/rss+xml")
    site.tag("/a/1", '"one"')
    site.tag("/feed.xml", '"feed"')
    out = tmp_path / "out"
    await make(out, feed, voice=Tone())
    assert (await make(out, feed, voice=Tone())).n_known == 1
    assert site.unchanged == {"/a/1": 1, "/feed.xml": 1}
    site.article("/a/1", "準點的一天", f"{TEXT}晚間更新：末班車也準點。")
    site.tag("/a/1", '"two"')
    assert (await make(out, feed, voice=Tone())).n_made == 1, "an edit is seen"
    await make(out, f"{site.base}/none", voice=Tone())
    assert not list((out / ".tingwen" / "pages").iterdir()), "what nobody asks for goes"


async def test_a_bad_link_in_a_feed_loses_only_itself(site: Site, tmp_path: Path) -> None:
    site.article("/a/1", "準點的一天", TEXT)
    items = (entry("壞", "http://["), entry("準點", "/a/1"), entry("也壞", "https://[::1"))
    feed = site.put("/feed.xml", rss(*items), kind="application/rss+xml")
    outcome = await make(tmp_path / "out", "https://[/", feed, voice=Tone())
    assert list(listed(tmp_path / "out")) == ["準點的一天"]
    assert len(outcome.failures) == 3
    assert all("unexpected" not in reason for _, reason in failed(outcome))


async def test_only_the_newest_of_a_feed(site: Site, tmp_path: Path) -> None:
    items = [entry(f"第{n}則", f"/a/{n}", day=n) for n in (2, 3, 1)]
    for n in (1, 2, 3):
        site.article(f"/a/{n}", f"第{n}則", TEXT)
    feed = site.put("/feed.xml", rss(*items), kind="application/xml")
    await make(tmp_path / "out", feed, voice=Tone(), per_feed=2)
    assert list(listed(tmp_path / "out")) == ["第3則", "第2則"]
    assert "/a/1" not in site.asked, "what is not wanted is not fetched"


async def test_feeds_and_lists_that_lead_to_themselves(site: Site, tmp_path: Path) -> None:
    feed = site.put("/loop.xml", rss(entry("自己", "/loop.xml")), kind="application/rss+xml")
    (tmp_path / "loop.list").write_text(f"{feed}\n@loop.list\nno.html\n", encoding="utf-8")
    (tmp_path / "more.txt").write_text(f"# 頁\n{feed}?x=1\n", encoding="utf-8")
    outcome = await make(
        tmp_path / "out", f"@{tmp_path / 'loop.list'}", tmp_path / "more.txt", "@none.list",
        voice=Tone(),
    )  # fmt: skip
    reasons = failed(outcome)
    assert [Path(location).name for location, _ in reasons] == [
        "loop.xml", "loop.list", "no.html", "loop.xml?x=1", "@none.list",
    ]  # fmt: skip
    assert "is a feed that the feed" in reasons[0][1]
    assert "leads to itself" in reasons[1][1]
    assert "status 404" in reasons[3][1]
    assert "the list none.list cannot be read" in reasons[4][1]


async def test_limits_and_the_guard(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_in(monkeypatch, max_bytes=20_000)
    large = site.put("/large.xml", rss("<!--", "x" * 30_000, "-->"), kind="text/xml")
    inside = site.put("/in.xml", rss(entry("內網", "http://inside.example/a")), kind="text/xml")
    empty = site.put("/empty.xml", rss(), kind="text/xml")
    broken = site.put("/broken.xml", b"<rss><channel><item><title>x", kind="text/xml")
    reasons = failed(await make(tmp_path / "o", large, inside, empty, broken, voice=Tone()))
    assert "is larger than 0.02 MB" in reasons[0][1]
    assert "is not on the public internet" in reasons[1][1]
    assert "lists no articles" in reasons[2][1]
    assert "lists no articles" in reasons[3][1]
    assert not (tmp_path / "o" / "feed.xml").exists(), "no directory takes an empty feed"


@pytest.mark.thorough
def test_this_machine_is_closed_to_the_command(site: Site, tmp_path: Path) -> None:
    feed = site.put("/feed.xml", rss(entry("一", "/a")), kind="text/xml")
    local = feed.replace("news.example", "127.0.0.1")
    show = ("--out", str(tmp_path / "o"), "--title", "t", "--base-url", "https://a.example")
    done = tingwen("podcast", local, *show, "--voice", "baker")
    assert done.returncode == 6
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith(f"tingwen: {local} leads to 127.0.0.1")
    assert lines[1] == "tingwen: 0 made, 0 unchanged, 1 failed; the feed lists 0"
    assert site.asked.total() == 0
    tingwen("podcast", local, *show, "--voice", "baker", "--allow-private")
    assert site.asked["/feed.xml"] == 1
