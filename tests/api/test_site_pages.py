"""Pages of sites: made by their address, once, by those who may, and never by looking alone."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.app import create_app
from api.complaints import InvalidValue
from api.middleware.api_keys import new_key
from api.settings import Settings
from api.sites.addresses import origin_of, page_address
from api.sites.site import Site, read_sites
from reader.errors import BadOptions, VoiceUnavailable
from reader.script import Line
from reader.voices import Prosody
from reader.voices.clip import Clip
from tests.api.services import service
from tests.pipeline.voices import Tone, voices

FIRST = "小鎮的老郵局今天重新開門營業。"
SECOND = "居民排隊寄出第一批明信片給遠方親友。"
EDITED = "居民排隊寄出第一批手寫信給遠方親友。"
SCOPES: dict[str, tuple[Any, ...]] = {
    "reader": ("read",),
    "editor": ("articles",),
    "maker": ("speak", "read"),
    "desk": ("speak", "articles"),
}
NOISE = "猜你喜歡的其他報導都在這裡等你點閱。"


def html(*sentences: str, head: str = "", title: str = "老郵局重新開門") -> str:
    body = "".join(f"<p>{s}</p>" for s in (*sentences, "營業時間與往年相同，週末照常開放參觀。"))
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body><nav>首頁</nav>"
        f'<div class="story"><h1>{title}</h1>{body}</div><div class="more"><p>{NOISE}</p></div>'
        "</body></html>"
    )


class Counted(Tone):
    """A tone that counts its sentences, and waits when a test wants it to."""

    def __init__(self) -> None:
        self.n_spoken = 0
        self._goes_on = asyncio.Event()
        self._goes_on.set()

    async def speak(self, line: Line, prosody: Prosody) -> Clip:
        self.n_spoken += 1
        await self._goes_on.wait()
        return await super().speak(line, prosody)

    def hold(self) -> None:
        self._goes_on.clear()

    def go_on(self) -> None:
        self._goes_on.set()


class Broken(Tone):
    """A voice whose service does not answer."""

    name = "broken"

    async def speak(self, line: Line, prosody: Prosody) -> Clip:  # noqa: ARG002
        raise VoiceUnavailable("the service does not answer; try again later")


class Publisher:
    """A site on this machine whose pages a test changes."""

    def __init__(self, url: str) -> None:
        self.origin = url
        self.pages: dict[str, str] = {}
        self.redirects: dict[str, str] = {}
        self.asked: list[str] = []


@contextmanager
def publishing() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append(self.path)
            goal = site.redirects.get(self.path)
            found = site.pages.get(self.path.partition("?")[0])
            self.send_response(302 if goal else 200 if found else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if goal:
                self.send_header("Location", goal)
            self.end_headers()
            self.wfile.write((found or "").encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Publisher(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing() as site:
        site.pages["/story/1"] = html(FIRST, SECOND)
        yield site


@asynccontextmanager
async def sites(
    tmp_path: Path, publisher: Publisher, voice: Tone | None = None, **site: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A service with one site: the publisher's."""
    told = json.dumps([{"origin": publisher.origin, "selector": "div.story"} | site])
    allowed = ("127.0.0.1",)
    async with service(
        tmp_path, voice, base_url="http://tingwen.test", sites=told, allow_hosts=allowed
    ) as client:
        client.base_url = httpx.URL("http://localhost")  # who sits at the machine
        yield client


async def ready(client: httpx.AsyncClient, url: str) -> dict[str, Any]:
    """What a page's address answers once all is made that was asked for."""
    known = (await client.get("/v1/pages", params={"url": url})).json()
    async with client.stream("GET", f"/v1/articles/{known['id']}/events") as events:
        async for _ in events.aiter_lines():
            pass
    told: dict[str, Any] = (await client.get("/v1/pages", params={"url": url})).json()
    return told


async def test_a_page_is_made_at_publication_and_found_by_its_address(
    tmp_path: Path, publisher: Publisher
) -> None:
    url, voice = f"{publisher.origin}/story/1", Counted()
    async with sites(tmp_path, publisher, voice, brand="小鎮日報", logo="/logo.png") as client:
        before = await client.get("/v1/pages", params={"url": url})
        assert (before.status_code, before.json()["kind"]) == (404, "page-not-made")
        assert (
            "尚未製作"
            in (
                await client.get(
                    "/v1/pages", params={"url": url}, headers={"Accept-Language": "zh"}
                )
            ).json()["message"]
        )
        assert not publisher.asked
        made = await client.post("/v1/pages", json={"url": url})
        assert made.status_code == 201, made.text
        told = await ready(client, url)
        assert told["status"] == "ready"
        assert told["id"] == made.json()["id"]
        assert (told["brand"], told["logo"]) == ("小鎮日報", f"{publisher.origin}/logo.png")
        assert (await client.post("/v1/pages", json={"url": url})).status_code == 200
        whole = (await client.get(f"/v1/articles/{told['id']}")).json()
        said = [u["text"] for u in whole["utterances"]]
        assert FIRST in said
        assert NOISE not in said
        assert "utterances" not in told
        by_id = (await client.get(f"/v1/articles/{told['id']}/summary")).json()
        assert {**told, "address": by_id["address"]} == by_id


async def test_an_edit_is_spoken_alone_and_heard_when_it_is_ready(
    tmp_path: Path, publisher: Publisher
) -> None:
    url, voice = f"{publisher.origin}/story/1", Counted()
    async with sites(tmp_path, publisher, voice) as client:
        await client.post("/v1/pages", json={"url": url})
        old = await ready(client, url)
        n_said = voice.n_spoken
        publisher.pages["/story/1"] = html(FIRST, EDITED)
        again = await client.post("/v1/pages", json={"url": url})
        assert again.status_code == 201
        new_id = again.json()["id"]
        async with client.stream("GET", f"/v1/articles/{new_id}/events") as events:
            async for _ in events.aiter_lines():
                pass
        new = (await client.get("/v1/pages", params={"url": url})).json()
        assert new["id"] == new_id != old["id"]
        assert voice.n_spoken - n_said == 1
        assert (await client.get(f"/v1/articles/{old['id']}")).json()["status"] == "ready"


async def test_until_an_edit_is_made_the_page_before_it_is_heard(
    tmp_path: Path, publisher: Publisher
) -> None:
    url, voice = f"{publisher.origin}/story/1", Counted()
    async with sites(tmp_path, publisher, voice) as client:
        await client.post("/v1/pages", json={"url": url})
        old = await ready(client, url)
        publisher.pages["/story/1"] = html(FIRST, EDITED)
        voice.hold()
        new_id = (await client.post("/v1/pages", json={"url": url})).json()["id"]
        between = (await client.get("/v1/pages", params={"url": url})).json()
        assert (between["id"], between["status"]) == (old["id"], "ready")
        voice.go_on()
        async with client.stream("GET", f"/v1/articles/{new_id}/events") as events:
            async for _ in events.aiter_lines():
                pass
        assert (await client.get("/v1/pages", params={"url": url})).json()["id"] == new_id


async def test_the_editors_system_may_send_the_page_itself(
    tmp_path: Path, publisher: Publisher
) -> None:
    url = f"{publisher.origin}/draft/9"
    canonical = f'<link rel="canonical" href="{publisher.origin}/story/9">'
    async with sites(tmp_path, publisher) as client:
        sent = {"url": url, "html": html(FIRST, head=canonical)}
        assert (await client.post("/v1/pages", json=sent)).status_code == 201
        assert not publisher.asked
        by_draft = await ready(client, url)
        by_name = await ready(client, f"{publisher.origin}/story/9?utm_source=line#top")
        assert by_draft["id"] == by_name["id"]


async def test_who_may_say_what_a_page_holds(tmp_path: Path, publisher: Publisher) -> None:
    url = f"{publisher.origin}/story/1"
    forged = {"url": url, "html": html("這一句不是編輯寫的，卻想讓讀者聽到。")}
    async with sites(tmp_path, publisher, make="on-view") as client:
        for place in ("http://tingwen.test", "https://listen.example"):
            client.base_url = httpx.URL(place)  # no keys: not from elsewhere
            for body in (forged, {"url": url}):
                answer = await client.post("/v1/pages", json=body)
                assert (answer.status_code, answer.json()["kind"]) == (403, "editing-needs-key")
    keys = {name: new_key(name, scopes) for name, scopes in SCOPES.items()}
    told = json.dumps([{"origin": publisher.origin}])
    async with service(
        tmp_path,
        sites=told,
        allow_hosts=("127.0.0.1",),
        api_keys=tuple(str(key) for _, key in keys.values()),
    ) as client:
        for name, (secret, _) in keys.items():
            client.headers["Authorization"] = f"Bearer {secret}"
            sent = (await client.post("/v1/pages", json=forged)).status_code
            fetched = (await client.post("/v1/pages", json={"url": url})).status_code
            assert (sent < 300, fetched < 300) == (name == "desk", name in ("desk", "maker")), name


async def test_a_canonical_link_to_elsewhere_is_none(tmp_path: Path, publisher: Publisher) -> None:
    publisher.pages["/story/1"] = html(
        FIRST, head='<link rel="canonical" href="https://elsewhere.example/story/1">'
    )
    url = f"{publisher.origin}/story/1"
    async with sites(tmp_path, publisher) as client:
        assert (await client.post("/v1/pages", json={"url": url})).status_code == 201
        assert (await ready(client, url))["status"] == "ready"
        answer = await client.get("/v1/pages", params={"url": "https://elsewhere.example/story/1"})
        assert (answer.status_code, answer.json()["kind"]) == (422, "page-not-of-site")


def outside(origin: str) -> list[str]:
    """Addresses that look as if they were a site's own."""
    host = origin.removeprefix("http://")
    name, _, port = host.partition(":")
    return [
        "http://elsewhere.example/story/1",
        f"https://{host}/story/1",
        f"http://{name}:{int(port) + 1}/story/1",
        f"http://{name}/story/1",
        f"http://{host}@elsewhere.example/story/1",
        f"http://elsewhere.example@{host}/story/1",
        f"http://{host}\\@elsewhere.example/story/1",
        f"http://elsewhere.example\\{host}/story/1",
        f"http://{host}.elsewhere.example/story/1",
        f"http://{name}%2eelsewhere.example:{port}/story/1",
        f"http://{host}%2f@elsewhere.example/story/1",
        f"http://{host}/story/../../story/1",
        f"http://{host}/%2e%2e/story/1",
        f"http://{host}/story/.%2E/1",
        f"//{host}/story/1",
        f"http:{host}/story/1",
        f"http:///{host}/story/1",
        f"ftp://{host}/story/1",
        f"javascript://{host}/%0aalert(1)",
        f"http://{host}\n.elsewhere.example/story/1",
        f"http://{host}\t/story/1",
        f" http://{host}/story/1",
        f"http://{host}/story/1\x00",
        f"http://{host}",
        f"http://{host}/",
        f"http://{host}/{'a' * 2048}",
        "http://2130706433/story/1",
        f"http://0x7f000001:{port}/story/1",
        f"http://localhost:{port}/story/1",
        f"http://[::ffff:127.0.0.1]:{port}/story/1",
        f"http://127.1:{port}/story/1",
        f"http://127.0.0.1.:{port}/story/1",
        "",
    ]


async def test_no_address_from_outside_is_taken(tmp_path: Path, publisher: Publisher) -> None:
    async with sites(tmp_path, publisher, make="on-view") as client:
        for url in outside(publisher.origin):
            for path, headers in (
                ("/v1/pages", {}),
                ("/v1/pages/look", {"Origin": publisher.origin}),
            ):
                answer = await client.post(path, json={"url": url}, headers=headers)
                assert answer.status_code == 422, (url, path, answer.text)
            answer = await client.get("/v1/pages", params={"url": url})
            assert answer.status_code == 422, (url, answer.text)
        assert not publisher.asked


async def test_no_redirect_leaves_the_site(tmp_path: Path, publisher: Publisher) -> None:
    with publishing() as other:
        other.pages["/story/1"] = html(FIRST)
        publisher.redirects = {
            "/out": f"{other.origin}/story/1",
            "/out2": f"//{other.origin.removeprefix('http://')}/story/1",
            "/twice": "/out",
            "/in": "/story/1",
        }
        async with sites(tmp_path, publisher) as client:
            for path in ("/out", "/out2", "/twice"):
                answer = await client.post("/v1/pages", json={"url": f"{publisher.origin}{path}"})
                assert (answer.status_code, answer.json()["kind"]) == (422, "redirect-leaves")
            inside = await client.post("/v1/pages", json={"url": f"{publisher.origin}/in"})
            assert inside.status_code == 201
        assert not other.asked


async def look(client: httpx.AsyncClient, url: str, origin: str | None) -> httpx.Response:
    headers = {} if origin is None else {"Origin": origin}
    return await client.post("/v1/pages/look", json={"url": url}, headers=headers)


async def test_readers_have_a_page_made_once(tmp_path: Path, publisher: Publisher) -> None:
    url, voice = f"{publisher.origin}/story/1", Counted()
    async with sites(tmp_path, publisher, voice, make="on-view") as client:
        not_made = await client.get("/v1/pages", params={"url": url})
        assert not_made.json()["facts"]["make"] == "on-view"
        answers = await asyncio.gather(
            *(look(client, f"{url}?utm_source={n}#c{n}", publisher.origin) for n in range(20))
        )
        assert {answer.status_code for answer in answers} == {200}, answers[0].text
        assert len({answer.json()["id"] for answer in answers}) == 1
        assert len(publisher.asked) == 1
        assert (await ready(client, url))["stale"] is False
        await look(client, url, publisher.origin)
        assert len(publisher.asked) == 1


async def test_only_the_sites_own_pages_may_ask(tmp_path: Path, publisher: Publisher) -> None:
    url = f"{publisher.origin}/story/1"
    name = publisher.origin.removeprefix("http://")
    origins = (
        None, "null", "", "https://elsewhere.example", f"https://{name}", f"http://{name}.example",
        f"http://elsewhere.example#{name}", publisher.origin.upper() + "/", f"{publisher.origin}/",
        f"{publisher.origin} https://elsewhere.example", "http://tingwen.test", "*",
        "http://localhost",
    )  # fmt: skip
    async with sites(tmp_path, publisher, make="on-view") as client:
        for origin in origins:
            answer = await look(client, url, origin)
            assert answer.status_code == 403, (origin, answer.text)
            assert answer.headers.get("access-control-allow-origin", "-") != origin or not origin
    async with sites(tmp_path, publisher) as client:
        answer = await look(client, url, publisher.origin)
        assert answer.status_code == 403  # on-publish
    assert not publisher.asked


async def test_a_sites_page_may_ask_across_origins(tmp_path: Path, publisher: Publisher) -> None:
    async with sites(tmp_path, publisher, make="on-view") as client:
        asked = {
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        for origin, is_welcome in ((publisher.origin, True), ("https://elsewhere.example", False)):
            headers = asked | {"Origin": origin}
            answer = await client.request("OPTIONS", "/v1/pages/look", headers=headers)
            allowed = answer.headers.get("access-control-allow-origin") == origin
            assert allowed is is_welcome, origin
        headers = asked | {"Origin": publisher.origin}
        other = await client.request("OPTIONS", "/v1/pages", headers=headers)
        assert other.headers.get("access-control-allow-origin") != publisher.origin
        posted = await client.post(
            "/v1/pages", json={"url": "x"}, headers={"Origin": publisher.origin}
        )
        assert posted.status_code == 403


async def test_a_quota_is_the_sites_and_nothing_gets_around_it(
    tmp_path: Path, publisher: Publisher
) -> None:
    for n in range(9):
        publisher.pages[f"/story/{n}"] = html(f"第{n}篇小鎮的老郵局今天重新開門營業。")
    async with sites(tmp_path, publisher, make="on-view", quota="3/hour") as client:
        spent = []
        tries = (
            "/story/1", "/story/1?", "/story/1#a", "/story//1", "/story/1/", "/st%6Fry/1",
            "/story/1?utm_campaign=x", "/story/2", "/story/3", "/story/4", "/story/5",
            "/story/1?x=1", "/story/1?x=2", "/none", "/story/6?utm_a=b",
        )  # fmt: skip
        for path in tries:
            answer = await look(client, f"{publisher.origin}{path}", publisher.origin)
            spent.append(answer.status_code)
            if answer.status_code == 429:
                assert int(answer.headers["Retry-After"]) > 0
                assert answer.json()["kind"] == "site-quota-used"
        assert spent == [200] * 9 + [429] * 6
        assert len(publisher.asked) == 3
        assert (
            await client.post("/v1/pages", json={"url": f"{publisher.origin}/story/8"})
        ).is_success


async def test_a_page_without_an_article_costs_its_site_one_look(
    tmp_path: Path, publisher: Publisher
) -> None:
    publisher.pages["/about"] = "<html><body><p>聯絡我們</p></body></html>"
    async with sites(tmp_path, publisher, make="on-view") as client:
        for _ in range(5):
            answer = await look(client, f"{publisher.origin}/about", publisher.origin)
            assert answer.status_code == 422
        assert publisher.asked == ["/about"]


async def test_what_was_withdrawn_is_not_made_by_its_address(
    tmp_path: Path, publisher: Publisher
) -> None:
    url = f"{publisher.origin}/story/1"
    async with sites(tmp_path, publisher, make="on-view") as client:
        await client.post("/v1/pages", json={"url": url})
        known = (await ready(client, url))["id"]
        assert (await client.delete(f"/v1/articles/{known}")).status_code == 204
        n_asked = len(publisher.asked)
        publisher.pages["/story/1"] = html(FIRST, EDITED)
        assert (await client.get("/v1/pages", params={"url": url})).status_code == 410
        assert (await client.post("/v1/pages", json={"url": url})).status_code == 410
        assert (await look(client, url, publisher.origin)).status_code == 410
        assert (await client.get(f"/v1/articles/{known}/summary")).status_code == 410
        assert len(publisher.asked) == n_asked


async def test_what_another_voice_read_is_found_after_a_restart(
    tmp_path: Path, publisher: Publisher
) -> None:
    url, chosen = (
        f"{publisher.origin}/story/1",
        Settings(
            voice="edge",
            cache=str(tmp_path / "store"),
            sites=json.dumps([{"origin": publisher.origin}]),
            allow_hosts=("127.0.0.1",),
        ),
    )
    told = []
    for _ in range(2):
        app = create_app(chosen, voices(edge=Broken(), baker=Tone(), kokoro=Broken()))
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(transport=transport, base_url="http://localhost") as client,
        ):
            if not told:
                await client.post("/v1/pages", json={"url": url})
            told.append(await ready(client, url))
    assert told[0]["status"] == told[1]["status"] == "ready"


def test_sites_are_read_from_toml_json_and_lists(tmp_path: Path) -> None:
    table = '[[site]]\norigin = "https://News.example:443/"\nlexicon = "words.toml"\n'
    (tmp_path / "sites.toml").write_text(table, "utf-8")
    (tmp_path / "sites.json").write_text('{"site": [{"origin": "https://a.example"}]}', "utf-8")
    (one,) = read_sites(str(tmp_path / "sites.toml"))  # type: ignore[misc]
    assert (one.origin, one.make) == ("https://news.example", "on-publish")
    assert one.lexicon == str(tmp_path / "words.toml")
    for told in (str(tmp_path / "sites.json"), '[{"origin": "https://a.example"}]'):
        assert read_sites(told) == (Site("https://a.example"),)
    assert read_sites(table.replace("\nlexicon", "\n#")) == (Site("https://news.example"),)
    assert Settings(sites="").sites == ()


@pytest.mark.parametrize(
    "told",
    [
        "no-such-file.toml",
        "[[site]]\norigin = 3",
        '[{"origin": "https://a.example"',
        '{"sites": []}',
        '[{"selector": "div"}]',
        '[{"origin": "https://a.example/news"}]',
        '[{"origin": "https://u:p@a.example"}]',
        '[{"origin": "ftp://a.example"}]',
        '[{"origin": "https://*.example"}]',
        '[{"origin": "https://a.example", "make": "always"}]',
        '[{"origin": "https://a.example", "quota": "many"}]',
        '[{"origin": "https://a.example", "selector": "div > p"}]',
        '[{"origin": "https://a.example", "logo": "javascript:alert(1)"}]',
        '[{"origin": "https://a.example", "colour": "red"}]',
        '[{"origin": "https://a.example"}, {"origin": "https://A.example/"}]',
    ],
)
def test_what_is_no_list_of_sites_is_refused(told: str) -> None:
    with pytest.raises(InvalidValue):
        read_sites(told)
    with pytest.raises(BadOptions):
        Settings(sites=told)


def test_addresses_are_compared_as_browsers_compare_them() -> None:
    assert origin_of("HTTPS://例子.台灣:443/x") == "https://xn--fsqu00a.xn--kpry57d"
    assert page_address("http://a.example:80?q=1#s=3") == "http://a.example/?q=1"
    for url in outside("http://a.example:8080"):
        is_front = page_address(url) == "http://a.example:8080/"
        assert is_front or origin_of(page_address(url)) != "http://a.example:8080", url
