"""Files, feeds and folders: read whole or refused in one line, nothing from outside, no two
articles taken for one."""

from __future__ import annotations

import base64
import unicodedata
from itertools import combinations, product
from pathlib import Path
from typing import Final
from urllib.parse import quote

import httpx
import pytest

from api.app import create_app
from api.settings import Settings
from reader.article import Page
from reader.cli.dispatch import run
from reader.errors import TingwenError
from reader.podcast.news_feed import entries, is_feed
from reader.podcast.sources import Source
from tests.api.services import service
from tests.attacks.kinds import at_least
from tests.fuzzing import chance_of
from tests.pipeline.voices import Tone, voices
from tests.podcast.newsroom import make, write_article

STORY: Final = (
    "老橋修復完工\n\n" + "橫跨溪谷的百年老橋歷經兩年修復，昨天重新開放通行，居民慶祝。\n" * 3
)
HTML: Final = f"<title>老橋修復完工</title><h1>老橋修復完工</h1><p>{STORY[8:]}</p>"
CODECS: Final = (
    "utf-8",
    "utf-8-sig",
    "cp950",
    "gb18030",
    "big5hkscs",
    "utf-16",
    "utf-32",
    "utf-16-le",
    "utf-16-be",
    "utf-32-le",
    "utf-32-be",
)
ENDS: Final = ("\n", "\r\n", "\r", "\f", "\u2028", "\x0b")
ODD: Final = (
    "",
    " ",
    "\n" * 3_000,
    "。，！？",
    "😀🚄🏳️‍🌈",
    "\x00",
    "\x00" * 40,
    "\ufeff",
    "\u200b\u202e\u2066",
    "\ud800",
    "\x1b[31m紅\x1b[0m",
    "字" * 5_000,
    "「『「『好』」』」" * 400,
    "︽老橋︾﹁完工﹂",
    "１２３ＡＢＣ",
    "ʰ̷̸̧" * 500,
    "<p>" * 5_000,
    "{" * 9_000,
    "%PDF-1.7",
    "--- \ntitle: x\n---\n",
    "ܫܠܡܐ",
    "مرحبا",
    "שלום",
    "A" * 120,
    "&#x110000;&#0;&bogus;",
    "<!--",
    "<![CDATA[x]]>",
    "data:text/html;base64,PGI+",
    "[[[[" * 900,
    "# " * 900,
)


def files() -> list[tuple[str, bytes]]:
    """Names and bytes: every coding and line end, odd texts alone and inside a story, noise."""
    found = []
    for text, codec, name in product((STORY, HTML), CODECS, ("a.txt", "a.html")):
        found.append((name, text.encode(codec, "replace")))
    found += [("a.txt", STORY.replace("\n", end).encode()) for end in ENDS]
    for odd, name in product(ODD, ("a.txt", "a.html", "a.md")):
        found.append((name, odd.encode("utf-8", "surrogatepass")))
        found.append((name, f"{HTML}{odd}{STORY}".encode("utf-8", "surrogatepass")))
    for case in range(30):
        chance = chance_of(case, "file")
        noise = chance.randbytes(chance.randrange(1, 3_000))
        found.append(("a.html", noise))
        found.append(("a.txt", STORY.encode()[: chance.randrange(1, 300)] + noise[:9]))
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("mode", ["auto", "text"])
def test_any_file_is_read_or_refused_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], mode: str
) -> None:
    monkeypatch.chdir(tmp_path)
    some = files()[:: 1 if mode == "auto" else 3]
    for name, content in some:
        Path(name).write_bytes(content)
        status = run(["script", name, "--mode", mode])
        told = capfd.readouterr()
        assert status in (0, 2, 3), (name, content[:80], told.err)
        assert status == 0 or len(told.err.splitlines()) == 1, (name, content[:80], told.err)
    for text, codec in product((STORY, HTML), CODECS):
        if mode == "auto":
            Path("a.txt").write_bytes(text.encode(codec))
            assert run(["script", "a.txt"]) == 0, codec
            assert "橫跨溪谷" in capfd.readouterr().out, codec
    assert mode == "text" or at_least("files", len(some))


ENTITY: Final = '<!DOCTYPE r [{}]><rss version="2.0"><channel><title>&a;</title>{}</channel></rss>'
ITEM: Final = "<item><title>{0}</title><link>{1}</link><description>{0}</description></item>"
LAUGHS: Final = '<!ENTITY h "哈哈哈哈哈哈哈哈">' + "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("hbcdefgij", "bcdefgija", strict=True)
)
DECLARED: Final = (
    LAUGHS,
    '<!ENTITY a "' + "哈" * 50_000 + '">',
    '<!ENTITY a SYSTEM "file:///etc/passwd">',
    '<!ENTITY a SYSTEM "http://127.0.0.1:9/x">',
    '<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p; <!ENTITY a "x">',
    '<!ENTITY % f SYSTEM "file:///etc/passwd"><!ENTITY % a "<!ENTITY a SYSTEM \'file:///%f;\'>">%a;',
    '<!ENTITY a "&a;">',
    "",
)
LINKS: Final = (
    "http://[",
    "http://[::1",
    "https://xn--0/",
    "javascript:alert(1)",
    "file:///etc/passwd",
    "http://ex℀mple.com/",
    "",
    "//",
    "http://a/\x7f",
    "x" * 9_000,
    "http://a@b@c/",
    "http://:0/",
)
BODIES: Final = (
    "<rss><channel>" + "<item>" * 200_000,
    "<rss><channel>" + "<item></item>" * 300_000,
    "<rss>" + "<!--" * 900_000,
    "<rss>" + "<![CDATA[" * 400_000,
    '<rss xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><title>x</title>'
    '<xi:include href="file:///etc/passwd" parse="text"/></item></channel></rss>',
    "<feed>" * 500_000,
    "<rss>" + "<a " * 300_000,
    "<rss " + " ".join(f'a{n}="1"' for n in range(200_000)) + "/>",
    "<rss/>",
    "<rss><channel><item/></channel></rss>",
    '<?xml version="1.0" encoding="hex"?><rss><channel><item><title>x</title></item></channel>',
    "<rdf:RDF><item><link>\x00</link></item></rdf:RDF>",
)


def feeds() -> list[str]:
    item = ITEM.format("&a;", "http://a.example/1")
    found = [ENTITY.format(one, item * n) for one in DECLARED for n in (1, 60)]
    good = ITEM.format("好", "http://a.example/1")
    for link in LINKS:
        items = ITEM.format("壞", link) + good
        found.append(f'<rss version="2.0"><channel>{items}</channel></rss>')
    return [*found, *BODIES]


@pytest.mark.thorough
def test_no_feed_explodes_or_fetches() -> None:
    for number, text in enumerate(feeds()):
        page = Page(text.encode("utf-8", "replace"), url="http://a.example/feed")
        is_feed(page)
        try:
            found = entries(Source("http://a.example/feed", "f", 0), page)
        except TingwenError as error:
            assert "\n" not in str(error), number
            continue
        said = "".join(f"{source.title}{source.html}{source.location}" for source in found)
        assert "root:" not in said
        assert len(said) < 40 * len(text) + 100_000
        if "好" in text and "壞" in text:
            assert any(source.title == "好" for source in found), "one bad link loses only itself"
    assert at_least("XML", len(feeds()))


OUTSIDE: Final = ("secret.txt", "../secret.txt", "show/../../secret.txt", "etc/passwd")
UP: Final = (
    "../",
    "..%2f",
    "%2e%2e/",
    "%2e%2e%2f",
    "..%5c",
    "..\\",
    "....//",
    "%252e%252e%252f",
    "..%c0%af",
    "/",
)
INSIDE_BUT_HIDDEN: Final = (
    "show.toml",
    ".tingwen/runs.jsonl",
    ".tingwen",
    ".hidden.mp3",
    "link.mp3",
    "folder.mp3",
)


@pytest.mark.thorough
async def test_no_path_leads_out_of_a_podcast(tmp_path: Path) -> None:
    out = tmp_path / "show"
    await make(out, write_article(tmp_path, 1), voice=Tone())
    (tmp_path / "secret.txt").write_text("root: a secret outside")
    (out / ".hidden.mp3").write_text("root: hidden")
    (out / "folder.mp3").mkdir()
    (out / "link.mp3").symlink_to(tmp_path / "secret.txt")
    settings = Settings(voice="tone", cache=str(tmp_path / "c"), podcast=str(out))
    app = create_app(settings, voices(tone=Tone()))
    asked = [up * depth + target for up, depth, target in product(UP, (1, 3, 9), OUTSIDE)]
    asked += [
        way
        for hidden in INSIDE_BUT_HIDDEN
        for way in (hidden, quote(hidden, safe=""), f"{hidden}/", f"./{hidden}")
    ]
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://tingwen.test") as client:
            for path in asked:
                answer = await client.get(f"/podcast/{path}")
                assert "root:" not in answer.text, path
                assert answer.status_code in (404, 307, 421), (path, answer.status_code)
    assert at_least("podcast folder", len(asked))


BASE: Final = "今天放晴，氣溫28度。"
VARIANTS: Final = (
    BASE,
    unicodedata.normalize("NFD", "Zażółć放晴。"),
    "Zażółć放晴。",
    "Ｚażółć放晴。",
    BASE.replace("28", "２８"),
    BASE.replace("放", "放\u200b"),
    BASE.replace("，", ","),
    BASE.replace("放晴", "放睛"),
    f"{BASE}{BASE}",
    "㈱公司放晴。",
    "(株)公司放晴。",
    "ﬁ放晴。",
    "fi放晴。",
    "台灣放晴。",
    "臺灣放晴。",
    "台湾放晴。",
)


@pytest.mark.thorough
async def test_different_articles_have_different_ids(tmp_path: Path) -> None:
    bodies: list[dict[str, object]] = [{"text": text} for text in VARIANTS]
    bodies += [{"text": BASE, "rate": rate} for rate in (-10, 10)]
    bodies += [{"text": BASE, "title": title} for title in ("a", "A", "a ", BASE)]
    async with service(tmp_path) as client:
        said: dict[str, set[str]] = {}
        for body in bodies:
            answer = await client.post("/v1/articles", json=body)
            assert answer.is_success, body
            script = (await client.post("/v1/scripts", json=body)).json()
            spoken = "|".join(one["spoken"] for one in script["utterances"])
            key = f"{spoken} {script['title']} {body.get('rate')}"
            said.setdefault(key, set()).add(answer.json()["id"])
    for one, other in combinations(said, 2):
        assert not said[one] & said[other], (one, other)
    assert at_least("ids", len(bodies))


def test_a_long_data_address_is_no_file() -> None:
    text = "data:text/html;base64," + base64.b64encode(HTML.encode() * 50).decode()
    assert run(["script", text[:100_000]]) in (2, 3)
