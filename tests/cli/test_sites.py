"""`tingwen sites make`: sitemaps and feeds are read, their pages made once, failures told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from api.sites.sitemap import addresses_in
from reader.article import Page
from reader.cli.dispatch import run
from reader.cli.sites import Made, make_ahead
from reader.errors import NoArticle
from tests.api.test_site_pages import Counted, Publisher, html, publishing
from tests.pipeline.voices import voices

URLSET = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</urlset>'
INDEX = '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{}</sitemapindex>'
RSS = "<rss version='2.0'><channel><title>報</title>{}</channel></rss>"
ELSEWHERE = "https://elsewhere.example/story/1"


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as site:
        for n in range(4):
            site.pages[f"/story/{n}"] = html(f"第{n}篇小鎮的老郵局今天重新開門營業。")
        urls = [f"<url><loc>{site.origin}/story/{n}</loc></url>" for n in (0, 1, 1)]
        other = f"<url><loc>{ELSEWHERE}</loc></url><url><loc>{site.origin}/gone</loc></url>"
        site.pages["/map.xml"] = URLSET.format("".join(urls) + other)
        site.pages["/index.xml"] = INDEX.format(
            f"<sitemap><loc>{site.origin}/map.xml</loc></sitemap>"
            f"<sitemap><loc>{site.origin}/none.xml</loc></sitemap>"
        )
        site.pages["/feed.xml"] = RSS.format(
            "".join(f"<item><link>{site.origin}/story/{n}</link></item>" for n in (2, 3))
        )
        yield site


def ahead(store: Path, publisher: Publisher, voice: Counted, *sources: str) -> Made:
    settings = Settings(
        voice="tone",
        cache=str(store),
        sites=json.dumps([{"origin": publisher.origin}]),
        allow_hosts=("127.0.0.1",),
    )
    named = [
        source if source.startswith("http") else publisher.origin + source for source in sources
    ]
    return asyncio.run(make_ahead(named, settings, voices(tone=voice)))


def test_what_sitemaps_and_feeds_name_is_made_once(tmp_path: Path, publisher: Publisher) -> None:
    voice = Counted()
    first = ahead(tmp_path, publisher, voice, "/index.xml", "/feed.xml")
    assert [url.rpartition("/")[2] for url in first.made] == ["2", "3", "0", "1"]
    assert first.passed_over == [ELSEWHERE]
    assert [page.rpartition("/")[2] for page, _ in first.failures] == ["gone", "none.xml"]
    assert not any(isinstance(error, NoArticle) for _, error in first.failures)
    n_spoken = voice.n_spoken
    publisher.pages["/story/0"] = html("第零篇小鎮的老郵局今天改期重新開門。")
    again = ahead(tmp_path, publisher, voice, "/map.xml", "/story/3")
    assert [url.rpartition("/")[2] for url in again.made] == ["0"]
    assert [url.rpartition("/")[2] for url in again.unchanged] == ["1", "3"]
    assert voice.n_spoken == n_spoken + 1


def test_the_newest_of_a_sitemap() -> None:
    dated = "".join(
        f"<url><loc>/story/{n}</loc><lastmod>2026-05-{n:02}</lastmod></url>" for n in (7, 9, 8)
    )
    page = Page(URLSET.format(dated).encode(), url="https://a.example/map.xml")
    assert addresses_in(page, "map", 2)[0] == [
        "https://a.example/story/9",
        "https://a.example/story/8",
    ]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>no</body></html>",
        b"<urlset/>",
        b"<urlset><url><loc>javascript:alert(1)</loc></url></urlset>",
        b"<urlset><url><loc>http://[</loc></url></urlset>",
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
        b"<urlset><url><loc>&a;</loc></url></urlset>",
    ],
)
def test_what_names_no_page_is_refused(content: bytes) -> None:
    with pytest.raises(NoArticle):
        addresses_in(Page(content, url="https://a.example/map.xml"), "map")


def test_without_sites_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TINGWEN_LANG", "zh-TW")
    assert run(["sites", "make", "https://news.example/sitemap.xml"]) == 2
    assert "TINGWEN_SITES" in capfd.readouterr().err
