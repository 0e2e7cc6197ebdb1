"""What an attack quoted, sent again: every row of `quoted.py`."""

from __future__ import annotations

import ast
import gzip
import logging
import re
import shlex
import shutil
import socket
import threading
import tomllib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import httpx
import pytest

from api import redaction
from api.middleware.api_keys import new_key
from api.settings import Settings
from reader.article import Article, Paragraph, extract
from reader.article.addresses import is_public
from reader.article.fetch import fetch_page
from reader.cli.dispatch import run
from reader.errors import BadOptions, SourceUnreadable
from reader.pronunciation import pronounce
from reader.script import write_script
from reader.voices import Prosody
from reader.voices.baker import BakerVoice
from tests.api.services import service
from tests.article.test_decode import PAGE, TEXT
from tests.article.test_fetch import Site, only_this_server, resolver
from tests.attacks import quoted
from tests.attacks.quoted import ASKED, ELSEWHERE, FETCHED, SAID, TYPED, Asked, Fetched, Said, Typed
from tests.pipeline.voices import Counted, Tone
from tests.podcast.newsroom import make, write_article

ROOT = Path(__file__).resolve().parents[2]


def named(row: tuple[object, ...]) -> str:
    return re.sub(r"[^\w/.:-]+", " ", " ".join(str(part)[:30] for part in row[:3]))


@pytest.mark.parametrize("row", SAID, ids=named)
def test_a_line_is_read(row: Said) -> None:
    utterances = write_script(Article(title="", paragraphs=(Paragraph(row.text),))).utterances
    assert row.says in "".join(one.spoken for one in utterances)
    assert all(pronounce(one.line) for one in utterances)


@pytest.fixture(scope="module")
def baker(embedded_voice: None) -> BakerVoice:  # noqa: ARG001
    return BakerVoice()


@pytest.mark.thorough
@pytest.mark.parametrize("row", SAID, ids=named)
async def test_a_line_is_spoken(baker: BakerVoice, row: Said) -> None:
    for one in write_script(Article(title="", paragraphs=(Paragraph(row.text),))).utterances:
        assert (await baker.speak(one.line, Prosody())).duration_s > 0


@pytest.fixture(scope="module")
def show(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("podcast")


@pytest.mark.parametrize("row", ASKED, ids=named)
async def test_a_request_is_answered_as_it_should(
    tmp_path: Path, show: Path, monkeypatch: pytest.MonkeyPatch, row: Asked
) -> None:
    for name, value in row.environment:
        monkeypatch.setenv(name, value)
    settings = dict(row.settings)
    if "podcast" in settings:
        if not (show / "feed.xml").exists():
            await make(show, write_article(show.parent, 1), voice=Tone())
        settings["podcast"] = str(show)
    async with service(tmp_path, **settings) as client:
        client.base_url = httpx.URL("http://127.0.0.1:8000")
        sent = {"content": row.body} if isinstance(row.body, bytes) else {"json": row.body}
        answer = await client.request(row.method, row.path, headers=dict(row.headers), **sent)
    assert answer.status_code in row.statuses, answer.text[:300]
    if answer.status_code >= 400 and row.method != "HEAD":
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.headers["x-request-id"]
        assert answer.headers["x-content-type-options"] == "nosniff"
    assert not any(hidden in answer.text for hidden in row.hides)


@pytest.fixture
def site() -> Iterator[Site]:
    one = Site()
    thread = threading.Thread(target=one.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield one
    one.server.shutdown()
    one.server.server_close()
    thread.join()


def answer_to(name: str) -> tuple[dict[str, str], bytes]:
    """Headers and body of a row's page."""
    kind, _, rest = name.partition(" ")
    if kind == "charset":
        way, charset = rest.split()
        html = f"<meta charset={charset}>{PAGE}" if way == "meta" else PAGE
        header = f"text/html; charset={charset}" if way == "header" else "text/html"
        return {"Content-Type": header}, html.encode("cp950")
    body = PAGE.replace("</body>", f"<!--{'x1y2' * 9_000}--></body>").encode()
    packed = gzip.compress(body, 0) if name == "gz-truncbig" else gzip.compress(body)
    sent = {
        "gz-multi": gzip.compress(body[:700]) + gzip.compress(body[700:]),
        "gz-truncbig": packed[:-2_500],
        "gz-trunc": packed[:60],
    }[name]
    return {"Content-Encoding": "gzip"}, sent


@pytest.mark.parametrize("row", FETCHED, ids=named)
def test_a_page_is_read_whole_or_refused(site: Site, row: Fetched) -> None:
    headers, body = answer_to(row.name)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        lines = [f"{name}: {value}" for name, value in headers.items()]
        head = "\r\n".join(["HTTP/1.1 200 OK", *lines, f"Content-Length: {len(body)}", "", ""])
        handler.wfile.write(head.encode() + body)

    site.answers["/page"] = answer
    try:
        page = fetch_page(f"{site.base}/page", resolver=resolver, allows=only_this_server)
    except SourceUnreadable as error:
        assert not row.is_read
        assert "broken" in str(error)
        return
    assert row.is_read
    assert TEXT in "".join(paragraph.text for paragraph in extract(page).paragraphs)


@pytest.mark.parametrize("address", quoted.NOT_PUBLIC)
def test_an_address_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, voices_folder: Path) -> Iterator[str]:
    """One that is taken, in a folder with the files that rows name."""
    del voices_folder
    monkeypatch.chdir(tmp_path)
    Path("w.txt").write_text("台電表示，屋頂太陽能裝置容量達五百瓩。", "utf-8")
    for name in quoted.CHARSETS:
        Path(f"cs-{name}.html").write_bytes(f"<meta charset={name}>{PAGE}".encode("cp950"))
    for name, codec in (("be", "utf-16-be"), ("le", "utf-16-le"), ("le32", "utf-32-le")):
        Path(f"{name}.txt").write_bytes(f"老橋修復完工\n\n{TEXT}".encode(codec))
    write_article(tmp_path, 1).rename("poda.html")
    Path("l.list").write_text("https://[/\npoda.html\n", "utf-8")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


@pytest.mark.parametrize("row", TYPED, ids=named)
def test_a_command_ends_in_its_status(
    port: str, capfd: pytest.CaptureFixture[str], row: Typed
) -> None:
    try:
        status = run(shlex.split(row.line.replace("{PORT}", port)))
    except SystemExit as ended:
        status = int(ended.code or 0)
    told = capfd.readouterr()
    assert status == row.status, told.err
    assert row.says in told.out + told.err
    assert "unexpected" not in told.err
    if "-o missing" in row.line:
        assert not Path("missing").exists(), "no folder is made in passing"


@pytest.mark.thorough
@pytest.mark.usefixtures("embedded_voice")
@pytest.mark.parametrize("row", quoted.TYPED_AND_SPOKEN, ids=named)
def test_a_command_speaks_all_the_same(
    port: str, capfd: pytest.CaptureFixture[str], row: Typed
) -> None:
    test_a_command_ends_in_its_status(port, capfd, row)
    assert list(Path().rglob("*.mp3")), "the others are made"


@pytest.mark.parametrize(("name", "value", "secret"), quoted.MASKED)
def test_a_setting_is_masked(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, secret: str
) -> None:
    monkeypatch.setenv(name, value)
    monkeypatch.setenv("TINGWEN_WEBHOOK_SECRET", "a secret of thirty-two characters")
    assert secret not in "\n".join(redaction.lines(Settings()))


@pytest.mark.parametrize("secret", quoted.WEAK_WEBHOOK_KEYS)
async def test_a_weak_webhook_key_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, secret: str
) -> None:
    monkeypatch.setenv("TINGWEN_WEBHOOKS", "https://a.example/hook")
    monkeypatch.setenv("TINGWEN_WEBHOOK_SECRET", secret)
    with pytest.raises(BadOptions, match="bytes"):
        async with service(tmp_path):
            pass


async def test_an_order_without_its_narration_is_not_made_by_looking(tmp_path: Path) -> None:
    secret, entry = new_key("desk", ("speak", "read"))
    voice, store = Counted(Tone()), tmp_path / "store"
    async with service(tmp_path, voice, api_keys=(str(entry),)) as client:
        headers = {"Authorization": f"Bearer {secret}"}
        asked = await client.post("/v1/articles", json={"text": "今天放晴。"}, headers=headers)
        await client.get(f"{asked.headers['Location']}/events")
    for folder in store.rglob("*"):
        if folder.name in ("narrations", "clips"):
            shutil.rmtree(folder)
    assert list(store.rglob("orders/**/*")), "what was ordered is still known"
    voice.said.clear()
    async with service(tmp_path, voice, api_keys=(str(entry),)) as client:
        for way in ("", "/audio.mp3", "/retry"):
            method = "POST" if way == "/retry" else "GET"
            answer = await client.request(method, f"{asked.headers['Location']}{way}")
            assert answer.status_code == (401 if way == "/retry" else 404)
    assert voice.said == []


def test_lower_bounds_shut_out_what_was_found() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    bounds = [line for line in project["dependencies"] if line.startswith("protego")]
    assert bounds == ["protego>=0.7"] or re.fullmatch(r"protego>=0\.[7-9].*", bounds[0])


@pytest.mark.parametrize(("what", "file", "name"), ELSEWHERE)
def test_what_is_tried_elsewhere_is(what: str, file: str, name: str) -> None:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    found = {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }
    assert name in found if name else any(one.startswith("test") for one in found), what


@pytest.fixture(autouse=True)
def _logs() -> Iterator[None]:
    """Commands set up logs of their own."""
    root = logging.getLogger()
    kept, level = list(root.handlers), root.level
    yield
    root.handlers[:], root.level = kept, level
