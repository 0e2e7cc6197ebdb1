"""The service's own feed, and a podcast's folder over HTTP."""

from __future__ import annotations

import asyncio
import io
from itertools import product
from pathlib import Path
from typing import Any

import feedparser
import httpx
import pytest
from PIL import Image

from api.app import create_app
from api.settings import Settings
from tests.pipeline.voices import Tone, voices
from tests.podcast.newsroom import make, write_article
from tests.podcast.test_judged import judged


def client_of(app: Any) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app)
    return httpx.AsyncClient(transport=transport, base_url="http://tingwen.test", timeout=30)


async def narrate(client: httpx.AsyncClient, title: str) -> str:
    text = "台北今天放晴，各地氣溫回升，民眾出門踏青。"
    answer = await client.post(
        "/v1/articles", json={"text": f"{title}\n{text}", "title": title, "listed": True}
    )
    article_id: str = answer.json()["id"]
    async with asyncio.timeout(30):
        events = await client.get(f"/v1/articles/{article_id}/events")  # to the end of the work
        assert events.status_code == 200
    return article_id


async def test_the_feed_of_what_was_narrated(tmp_path: Path) -> None:
    app = create_app(Settings(voice="tone", cache=str(tmp_path)), voices(tone=Tone()))
    async with app.router.lifespan_context(app), client_of(app) as client:
        ids = [await narrate(client, title) for title in ("晴天的「新聞」& 雨", "列車的新聞")]
        everything = feedparser.parse((await client.get("/feed.xml")).content)
        assert not everything.bozo
        assert {entry.id for entry in everything.entries} == set(ids)
        for entry in everything.entries:
            (enclosure,) = entry.enclosures
            audio = await client.get(enclosure.href)
            assert len(audio.content) == int(enclosure.length)
        (tmp_path / "feed.xml").write_bytes((await client.get("/feed.xml?q=新聞")).content)
        warnings, found = judged(tmp_path / "feed.xml")
        assert warnings == []
        filtered = f"{client.base_url}/feed.xml?q=%E6%96%B0%E8%81%9E"
        assert found["partytime"]["pubsub"]["self"] == filtered
        titles = {item["title"] for item in found["feedsmith"]["items"]}
        assert titles == {item["title"] for item in found["partytime"]["items"]}
        assert titles == {"晴天的「新聞」& 雨", "列車的新聞"}
        assert found["partytime"]["itunesCategory"] == ["News > Daily News"]
        some = feedparser.parse((await client.get("/feed.xml", params={"q": "列車"})).content)
        assert [entry.title for entry in some.entries] == ["列車的新聞"]
        none = feedparser.parse((await client.get("/feed.xml", params={"voice": "x"})).content)
        assert none.entries == []
        one = feedparser.parse((await client.get("/feed.xml", params={"limit": 1})).content)
        assert len(one.entries) == 1
        feed = await client.get("/feed.xml")
        known = {"If-None-Match": feed.headers["etag"]}
        assert (await client.get("/feed.xml", headers=known)).status_code == 304
        await narrate(client, "又一則新聞")
        assert (await client.get("/feed.xml", headers=known)).status_code == 200
        assert (await client.get("/feed-cover.png")).content.startswith(b"\x89PNG")


async def test_a_folder_over_http(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_article(tmp_path, 1, title="月台的「一天」<b>")
    await make(out, tmp_path / "news0001.html", voice=Tone())  # draws a cover.png
    Image.new("RGB", (1400, 1400), (9, 99, 9)).save(tmp_path / "mine.jpg")
    await make(out, tmp_path / "news0001.html", voice=Tone(), cover=tmp_path / "mine.jpg")
    settings = Settings(voice="tone", cache=str(tmp_path / "c"), podcast=str(out))
    app = create_app(settings, voices(tone=Tone()))
    async with app.router.lifespan_context(app), client_of(app) as client:
        overview = await client.get("/podcast/")
        assert "月台的「一天」&lt;b&gt;" in overview.text
        assert "訂閱（RSS）" in overview.text
        in_english = await client.get("/podcast/", headers={"Accept-Language": "en"})
        assert '<html lang="en">' in in_english.text
        assert "Subscribe (RSS)" in in_english.text
        assert "訂閱" not in in_english.text
        feed = feedparser.parse((await client.get("/podcast/feed.xml")).content)
        guid = feed.entries[0].id
        page = await client.get(f"/podcast/listen/{guid}")
        assert 'id="dock"' in page.text and "<audio" in page.text, "a player, and sound without one"
        assert "旅客的話" in page.text
        name = feed.entries[0].enclosures[0].href.rsplit("/", 1)[1]
        part = await client.get(f"/podcast/episodes/{name}", headers={"Range": "bytes=0-99"})
        assert (part.status_code, len(part.content)) == (206, 100)
        known = {"If-None-Match": part.headers["etag"]}
        again = await client.get(f"/podcast/episodes/{name}", headers=known)
        assert (again.status_code, again.content) == (304, b"")
        whole = await client.get("/podcast/feed.xml", headers={"Accept-Encoding": "identity"})
        head = await client.head("/podcast/feed.xml", headers={"Accept-Encoding": "identity"})
        assert int(head.headers["content-length"]) == len(whole.content)
        assert (
            feed.feed.title != feedparser.parse((await client.get("/feed.xml")).content).feed.title
        )
        for address in (feed.entries[0].enclosures[0].href, feed.feed.image.href):
            assert address.startswith("http://tingwen.test/podcast/"), "where it is served"
            assert (await client.get(address)).status_code == 200
        for hidden in ("show.toml", ".tingwen/runs.jsonl"):
            assert (await client.get(f"/podcast/{hidden}")).status_code == 404
        assert (await client.get("/podcast/?page=2")).status_code == 404
        small = await client.get("/podcast/cover-small.jpg")
        with Image.open(io.BytesIO(small.content)) as image:
            assert image.size == (600, 600)
            assert image.getpixel((300, 300)) == pytest.approx((9, 99, 9), abs=3), "the given one"
        for path in (".tingwen/show-guid", "../cache/x", "..%2fnews0001.html", "nothing.mp3"):
            assert (await client.get(f"/podcast/{path}")).status_code == 404, path
        unknown = "00000000-0000-0000-0000-000000000000"
        assert (await client.get(f"/podcast/listen/{unknown}")).status_code == 404


NO_PATHS = (
    "%00.mp3",
    "a%00.mp3",
    "episodes/%00",
    "%00",
    "a" * 300 + ".mp3",
    "a" * 5000 + ".mp3",
    "a/" * 3000 + "x.mp3",
    "..%2f" * 40 + "etc/passwd",
    "%ed%a0%80.mp3",
    "%ff%fe.mp3",
    "con.mp3",
    "a:b.mp3",
    "%0a.mp3",
    "\\\\host\\share.mp3",
    ".%00./x.mp3",
)


async def test_a_path_that_no_system_takes_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_article(tmp_path, 1)
    await make(out, tmp_path / "news0001.html", voice=Tone())
    settings = Settings(voice="tone", cache=str(tmp_path / "c"), podcast=str(out))
    app = create_app(settings, voices(tone=Tone()))
    async with app.router.lifespan_context(app), client_of(app) as client:
        for path, method in product(NO_PATHS, ("GET", "HEAD")):
            answer = await client.request(method, f"/podcast/{path}")
            assert answer.status_code == 404, (method, path, answer.text[:200])
