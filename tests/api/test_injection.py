"""A corpus of hostile strings in every text field, looked for in every output.

An output is not searched for the string but read as its readers read it: the page's elements,
the feed's, the captions' cues, the tag's frames and the log's lines must be those that a
harmless string of the same place leaves.
"""

from __future__ import annotations

import io
import json
import logging
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from lxml import etree, html
from mutagen.id3 import ID3

from api import logs
from api.settings import Settings
from tests.api.injections import STRINGS
from tests.api.services import service

HARMLESS = "放晴"
WHERE = ("title", "byline", "paragraph", "headline")


def request_of(where: str, hostile: str) -> dict[str, Any]:
    """An article with the string in one place."""
    words = "各地氣溫回升，山區有雨，請民眾出門記得帶傘，並注意行車安全。"
    fields = {place: f"今天{hostile if place == where else HARMLESS}好" for place in WHERE}
    if where == "byline":
        page = etree.tostring(_page(fields, words), method="html", encoding="unicode")
        return {"html": page}
    text = f"{fields['headline']}\n\n{fields['paragraph']}。{words}\n\n{words}"
    return {"text": text} | ({"title": fields["title"]} if where == "title" else {})


def _page(fields: dict[str, str], words: str) -> etree._Element:
    page = etree.Element("html")
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "title").text = fields["headline"]
    etree.SubElement(head, "meta", name="author", content=_xml(fields["byline"]))
    body = etree.SubElement(etree.SubElement(page, "body"), "article")
    etree.SubElement(body, "h1").text = fields["headline"]
    for _ in range(4):
        etree.SubElement(body, "p").text = words
    return page


def _xml(text: str) -> str:
    return "".join(c for c in text if c.isprintable())


def elements(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Every element of a page with the names of its attributes."""
    return [(str(e.tag), tuple(sorted(e.attrib))) for e in html.document_fromstring(page).iter()]


class Outputs:
    """All that the service makes of one article, each as its shape."""

    def __init__(self) -> None:
        self.shapes: dict[str, object] = {}
        self.titles: dict[str, str] = {}
        self.headers: list[httpx.Headers] = []

    async def gather(self, client: httpx.AsyncClient, request: dict[str, Any]) -> int:
        """The status of the request; what it made, if it made anything."""
        made = await self._get(client, "POST", "/v1/articles", json=request | {"listed": True})
        assert made.status_code in (200, 201, 422), made.text
        article = made.json()
        if made.status_code == 422:
            return 422
        base = f"/v1/articles/{article['id']}"
        self.events((await self._get(client, "GET", f"{base}/events")).text)
        article = (await self._get(client, "GET", base)).json()
        assert article["status"] == "ready", article
        for page in (f"/listen/{article['id']}", f"/embed/{article['id']}"):
            answer = await self._get(client, "GET", page)
            assert answer.headers["content-type"].startswith("text/html")
            shape = elements(answer.text)
            self.shapes[page[:6]] = sorted(set(shape))  # as many paragraphs as there are
        self.oembed(await self._get(client, "GET", "/oembed", params={"url": _listen(article)}))
        self.captions((await self._get(client, "GET", f"{base}/captions.vtt")).text)
        chapters = await self._get(client, "GET", f"{base}/chapters.json")
        assert all({"startTime", "title"} <= set(c) for c in chapters.json()["chapters"])
        self.tag((await self._get(client, "GET", f"{base}/audio.mp3")).content)
        self.feed((await self._get(client, "GET", "/feed.xml")).content, article["id"])
        script = await self._get(client, "POST", "/v1/scripts", json=request)
        assert script.json()["title"] in ("", article["title"])
        self.titles["article"] = article["title"]
        return made.status_code

    async def _get(
        self, client: httpx.AsyncClient, method: str, path: str, **options: Any
    ) -> httpx.Response:
        answer = await client.request(method, path, **options)
        self.headers.append(answer.headers)
        return answer

    def events(self, text: str) -> None:
        blocks = text.removesuffix("\n\n").split("\n\n")
        for block in blocks:
            name, data = block.split("\n")
            assert name in ("event: utterance", "event: ready")
            json.loads(data.removeprefix("data: "))
        assert [b.startswith("event: ready") for b in blocks] == [False] * (len(blocks) - 1) + [
            True
        ]

    def oembed(self, answer: httpx.Response) -> None:
        self.shapes["oembed"] = elements(f"<p>{answer.json()['html']}</p>")

    def captions(self, text: str) -> None:
        head, *cues, end = text.split("\n\n")
        assert (head, end) == ("WEBVTT", "")
        for cue in cues:
            number, times, *words = cue.split("\n")
            assert re.fullmatch(r"[\d.]+", number)
            assert re.fullmatch(r"[\d:.]{12} --> [\d:.]{12}", times)
            assert 1 <= len(words) <= 2
            for line in words:
                assert "-->" not in line
                assert "<" not in line
                assert line.isprintable()

    def tag(self, mp3: bytes) -> None:
        tag = ID3(io.BytesIO(mp3))
        self.shapes["tag"] = sorted({key.split(":")[0] for key in tag})
        for frame in tag.values():
            for text in getattr(frame, "text", []):
                assert "\x00" not in str(text)
        titles = tag["TIT2"].text if "TIT2" in tag else [""]
        assert len(titles) == 1
        self.titles["tag"] = titles[0]

    def feed(self, xml: bytes, article_id: str) -> None:
        # No entity is resolved and nothing is fetched: as a careful reader does.
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        rss = etree.fromstring(xml, parser)
        assert rss.getroottree().docinfo.doctype == ""
        items = [i for i in rss.iter("item") if i.findtext("guid") == article_id]
        if items:
            (item,) = items
            self.shapes["feed"] = [str(e.tag) for e in item.iter()]
            self.titles["feed"] = item.findtext("title") or ""
        assert b"new-feed-url" not in re.sub(rb"&lt;[^<]*", b"", xml)


def _listen(article: dict[str, Any]) -> str:
    return f"http://tingwen.test/listen/{article['id']}"


@pytest.mark.thorough
@pytest.mark.parametrize("where", WHERE)
async def test_no_string_breaks_an_output(tmp_path: Path, where: str) -> None:
    async with service(tmp_path) as client:
        expected = Outputs()
        assert await expected.gather(client, request_of(where, HARMLESS)) in (200, 201)
        for hostile in STRINGS:
            found = Outputs()
            status = await found.gather(client, request_of(where, hostile))
            if status == 422:  # it is no article then, which is told
                continue
            titles = {re.sub(r"[^\w<>&;=/]", "", title) for title in found.titles.values()}
            # Without a headline the first line stands for it, but in lists only.
            assert len(titles - {""}) <= 1, (titles, hostile)
            for name, shape in found.shapes.items():
                if name == "tag":  # an article of one more or less paragraph has other frames
                    assert set(shape) <= set(expected.shapes["tag"]) | {"TPE1"}, hostile  # type: ignore[call-overload]
                elif name == "/liste":
                    # The article's text stands in its page: a string may make more sentences of
                    # it, or no byline, but no element of another kind.
                    assert set(shape) <= set(expected.shapes[name]), hostile  # type: ignore[call-overload]
                else:
                    assert shape == expected.shapes[name], (name, hostile)
            for headers in found.headers:
                assert "x-forged" not in headers
                assert "set-cookie" not in headers
                for name, value in headers.items():
                    assert value.isprintable(), (name, value, hostile)
                    assert value.isascii(), (name, value, hostile)
    require_plain_names(tmp_path)


def require_plain_names(folder: Path) -> None:
    """Whatever was kept is in the store, under names that no client chose."""
    names = [p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()]
    assert names
    for name in names:
        assert re.fullmatch(r"store/[0-9a-z/._-]+", name), name
        assert not re.search(r"\.\.|passwd|script|alert|forged|evil|con\.mp3|help", name), name


@pytest.mark.parametrize("where", ["voice", "url", "model", "unknown", "q", "path", "request id"])
async def test_what_is_refused_is_told_without_harm(tmp_path: Path, where: str) -> None:
    async with service(tmp_path) as client:
        for hostile in STRINGS:
            answer = await _ask(client, where, hostile)
            assert answer.status_code < 500 or answer.status_code == 502, answer.text
            kind = answer.headers["content-type"]
            assert kind.split(";")[0] in (
                "application/problem+json",
                "application/rss+xml",
                "application/json",
                "audio/mpeg",
            ), (kind, hostile)
            assert answer.headers["x-content-type-options"] == "nosniff"
            if "json" in kind:
                json.loads(answer.text)
                assert not re.search("[\x00-\x1f]", answer.text), "control characters are escaped"
            for name, value in answer.headers.items():
                assert value.isprintable(), name
            assert "x-forged" not in answer.headers


async def _ask(client: httpx.AsyncClient, where: str, hostile: str) -> httpx.Response:
    text = "台北今天放晴，各地氣溫回升。"
    if where in ("voice", "unknown"):
        return await client.post("/v1/articles", json={"text": text, where: hostile})
    if where == "url":
        return await client.post("/v1/articles", json={"url": hostile})
    if where == "model":
        speech = {"model": hostile, "input": text, "voice": "tone"}
        return await client.post("/v1/audio/speech", json=speech)
    if where == "q":
        return await client.get("/feed.xml", params={"q": hostile, "voice": hostile})
    if where == "path":
        return await client.get(f"/v1/articles/{quote(hostile, safe='')}")
    headers = {"X-Request-ID": hostile.encode().replace(b"\r", b"").replace(b"\n", b"")}
    return await client.get("/v1/models", headers=headers)  # type: ignore[arg-type]


@pytest.mark.parametrize("style", ["json", "console"])
async def test_no_string_forges_a_log_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], style: str
) -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.set_up(Settings(log_format=style, log_text=True))
    n_asked = 0
    try:
        async with service(tmp_path, access_log=True) as client:
            for hostile in STRINGS:
                for where in ("voice", "url", "path", "request id", "q"):
                    await _ask(client, where, hostile)
                    n_asked += 1
    finally:
        root.handlers[:] = before
        root.setLevel(level)
        logging.captureWarnings(False)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == n_asked
    for line in lines:
        assert line.isprintable()
        if style == "json":
            assert json.loads(line)["event"] == "request"
