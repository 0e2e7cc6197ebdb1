"""Fetching a page: what is let through, what is refused, against a server of this machine."""

from __future__ import annotations

import gzip
import socket
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.article import extract, load_source
from reader.article.addresses import is_public
from reader.article.fetch import FetchLimits, fetch_page
from reader.errors import BadInput, BadOptions, LoginPage, SourceUnreadable

STORY = (
    "<html><head><title>老橋修復完工</title></head><body><h1>老橋修復完工</h1>"
    "<p>橫跨溪谷的百年老橋歷經兩年修復，昨天重新開放通行，居民沿著橋面掛上三百盞燈籠慶祝。</p></body></html>"
).encode()
Answer = tuple[int, dict[str, str], bytes]


class Site:
    """A server with scripted answers; `asked` lists the paths that were requested."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.asked: list[str] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                answer = site.answers.get(self.path, (404, {}, b""))
                if callable(answer):
                    answer(self)
                    return
                status, headers, body = answer
                self.send_response(status)
                for name, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.base = f"http://news.example:{self.port}"

    def page(self, path: str, body: bytes = STORY, status: int = 200, **headers: str) -> str:
        self.answers[path] = (status, {k.replace("_", "-"): v for k, v in headers.items()}, body)
        return self.base + path


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


NAMES = {
    "news.example": ["127.0.0.1"],
    "inside.example": ["10.0.0.7"],
    "last.example": ["127.0.0.1", "192.168.1.1"],
    "first.example": ["192.168.1.1", "127.0.0.1"],
    "middle.example": ["127.0.0.1", "192.168.1.1", "127.0.0.1"],
    "metadata.example": ["169.254.169.254"],
}


def resolver(host: str, port: int) -> list[str]:
    if host in NAMES:
        return NAMES[host]
    if host.replace(".", "").isdigit() or ":" in host:
        return [host]
    raise OSError(f"no such name: {host}:{port}")


def only_this_server(address: str) -> bool:
    """The test's server counts as public; every other address is judged as always."""
    return address == "127.0.0.1" or is_public(address)


def fetch(url: str, **options: object) -> bytes:
    settings: dict[str, object] = {"resolver": resolver, "allows": only_this_server, **options}
    return fetch_page(url, **settings).content  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.9.9.9",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "169.254.1.1",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.192",
        "168.63.129.16",
        "224.0.0.1",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "192.0.2.1",
        "::",
        "::1",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "2001:db8::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "fec0::1",
        "fec0::192.168.0.1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "192.88.99.1",
        "2002:c058:6301::1",
        "64:ff9b::7f00:1",
        "64:ff9b::a9fe:a9fe",
        "2001:0:4136:e378:8000:63bf:f5ff:fffe",
        "not an address",
        "",
    ],
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "203.69.0.1", "2606:4700::1111", "64:ff9b::101:101"]
)
def test_addresses_that_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://0/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://127.1/",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://169.254.169.254/latest/meta-data/",
    ],
)
def test_the_front_door_refuses_this_network(url: str) -> None:
    with pytest.raises(SourceUnreadable):
        load_source(url)


def test_a_public_page_is_fetched_and_read(site: Site) -> None:
    url = site.page("/story")
    page = fetch_page(url, resolver=resolver, allows=only_this_server)
    assert (page.url, page.kind, page.charset) == (url, "html", "utf-8")
    assert extract(page).title == "老橋修復完工"


@pytest.mark.parametrize("host", sorted(NAMES.keys() - {"news.example"}))
def test_a_name_that_leads_inside_is_refused_though_others_of_its_addresses_are_public(
    site: Site, host: str
) -> None:
    with pytest.raises(SourceUnreadable, match="not on the public internet"):
        fetch(f"http://{host}:{site.port}/story")
    assert site.asked == []


@pytest.mark.parametrize(
    "target",
    [
        "http://inside.example/",
        "http://169.254.169.254/latest/",
        "http://[::1]/",
        "http://192.168.0.1:8080/x",
    ],
)
def test_a_redirect_inside_is_refused(site: Site, target: str) -> None:
    url = site.page("/moved", b"", 302, Location=target)
    with pytest.raises(SourceUnreadable, match="not on the public internet"):
        fetch(url, obey_robots=False)


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "gopher://news.example/", "ftp://news.example/a"]
)
def test_a_redirect_to_another_scheme_is_refused(site: Site, target: str) -> None:
    url = site.page("/moved", b"", 301, Location=target)
    with pytest.raises(SourceUnreadable, match="scheme"):
        fetch(url, obey_robots=False)


def test_a_name_whose_answer_changes_is_checked_at_every_connection(site: Site) -> None:
    answers = iter([["127.0.0.1"], ["10.0.0.7"], ["10.0.0.7"]])
    asked: list[str] = []

    def rebinding(host: str, port: int) -> list[str]:
        asked.append(f"{host}:{port}")
        return next(answers)

    url = site.page("/moved", b"", 302, Location="/story", Connection="close")
    site.page("/story")
    with pytest.raises(SourceUnreadable, match=r"10\.0\.0\.7"):
        fetch(url, obey_robots=False, resolver=rebinding)
    assert asked == [f"news.example:{site.port}"] * 2
    assert site.asked == ["/moved"]


def test_the_connection_goes_to_the_address_that_was_checked(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_second_look(*_: object, **__: object) -> object:
        raise AssertionError("looked up again")

    real = socket.getaddrinfo

    def numeric_only(host: str, *rest: object, **more: object) -> object:
        return real(host, *rest, **more) if host == "127.0.0.1" else no_second_look()  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", numeric_only)
    assert fetch(site.page("/story")) == STORY


def test_redirects_are_followed_up_to_a_limit(site: Site) -> None:
    site.page("/2", b"", 301, Location="/3")
    site.page("/3")
    assert fetch(site.page("/1", b"", 302, Location="/2")) == STORY
    loop = site.page("/loop", b"", 302, Location="/loop")
    with pytest.raises(SourceUnreadable, match="redirects more than 3 times"):
        fetch(loop, limits=FetchLimits(max_redirects=3))


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate"])
def test_compressed_pages(site: Site, coding: str) -> None:
    packers = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw deflate": lambda data: zlib.compress(data, wbits=-15),
    }
    url = site.page("/z", packers[coding](STORY), Content_Encoding=coding.split()[-1])
    assert fetch(url) == STORY


def test_a_gzip_of_several_members_is_whole(site: Site) -> None:
    members = b"".join(gzip.compress(STORY[at : at + 50]) for at in range(0, len(STORY), 50))
    for padding in (b"", bytes(16)):
        url = site.page("/members", members + padding, Content_Encoding="gzip")
        assert fetch(url) == STORY


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw deflate"])
@pytest.mark.parametrize("left_over", [0.2, 0.5, 0.9, 0.99])
def test_a_stream_that_ends_before_its_end_is_broken(
    site: Site, coding: str, left_over: float
) -> None:
    data = {
        "gzip": gzip.compress(STORY),
        "deflate": zlib.compress(STORY),
        "raw deflate": zlib.compress(STORY, wbits=-15),
    }[coding]
    cut = data[: int(len(data) * left_over)]
    with pytest.raises(SourceUnreadable, match="broken compressed data"):
        fetch(site.page("/cut", cut, Content_Encoding=coding.split()[-1]))


def test_a_second_member_that_is_cut_is_broken(site: Site) -> None:
    data = gzip.compress(STORY[:100]) + gzip.compress(STORY[100:])[:-20]
    with pytest.raises(SourceUnreadable, match="broken compressed data"):
        fetch(site.page("/cut", data, Content_Encoding="gzip"))


def test_an_answer_shorter_than_it_says_is_not_called_whole(site: Site) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "text/html")
        handler.send_header("Content-Length", str(len(STORY)))
        handler.end_headers()
        handler.wfile.write(STORY[:-40])

    site.answers["/short"] = short
    with pytest.raises(SourceUnreadable, match="cannot be reached"):
        fetch(f"{site.base}/short")


BAD_LOCATIONS = [
    "http://[", "http://[::1", "http://x/\x01\x02", "http://ex℀mple.com/", "http://[v1.x]/",
    "javascript:alert(1)", "http://xn--0/", "http://", "//", "http:///x", "file:///etc/passwd",
    "http://a@b@c/", "http://.../", "http://x:99999/", "http://x:port/", "mailto:a@b", "\\\\x",
    "http://" + "a" * 300 + "/", "http://%00/", "http://ü.example/", "data:text/html,x",
]  # fmt: skip


@pytest.mark.parametrize("location", BAD_LOCATIONS)
def test_a_redirect_to_what_is_no_address(site: Site, location: str) -> None:
    def redirect(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(
            b"HTTP/1.1 302 Found\r\nLocation: "
            + location.encode()
            + b"\r\nContent-Length: 0\r\n\r\n"
        )

    site.answers["/away"] = redirect
    with pytest.raises(SourceUnreadable) as caught:
        fetch(f"{site.base}/away")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "url", ["http://xn--0/", "http://[", "http://ex℀mple.com/", *BAD_LOCATIONS]
)
def test_an_address_that_is_none(url: str) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        fetch(url)
    assert "\n" not in str(caught.value)


STATUSES = st.integers(100, 999) | st.sampled_from([0, 200, 204, 206, 301, 302, 304, 401, 404, 500])
HEADERS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "Content-Type",
                "Content-Encoding",
                "Content-Length",
                "Location",
                "Transfer-Encoding",
                "Content-Disposition",
                "Set-Cookie",
                "X",
            ]
        ),
        st.sampled_from(
            [
                "text/html; charset=hex",
                "text/html; charset=utf-8; charset=big5",
                "gzip",
                "deflate",
                "chunked",
                "0",
                "99999999999999999999",
                "-1",
                "http://[",
                "/x",
                "identity, gzip",
                "",
                'text/html; charset="',
                "application/pdf",
                "\x00",
                "é",
            ]
        )
        | st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=30),
    ),
    max_size=6,
)
BODIES = st.binary(max_size=300) | st.sampled_from(
    [STORY, gzip.compress(STORY), gzip.compress(STORY)[:60], zlib.compress(STORY), b"zz\r\nfoo\r\n"]
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STATUSES, HEADERS, BODIES)
def test_whatever_a_server_answers_only_our_own_errors_come_out(
    site: Site, status: int, headers: list[tuple[str, str]], body: bytes
) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        lines = [f"HTTP/1.1 {status} x", *(f"{name}: {value}" for name, value in headers)]
        handler.wfile.write("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body)

    site.answers["/any"] = answer
    try:
        page = fetch_page(
            f"{site.base}/any",
            resolver=resolver,
            allows=only_this_server,
            obey_robots=False,
            limits=FetchLimits(total_s=1.0, max_redirects=2),
        )
        extract(page)
    except BadInput as error:
        assert "\n" not in str(error)


def test_a_zip_bomb_is_cut_off_while_it_unpacks(site: Site) -> None:
    bomb = gzip.compress(bytes(60_000_000))
    assert len(bomb) < 100_000
    with pytest.raises(SourceUnreadable, match="larger than 2 MB"):
        fetch(
            site.page("/bomb", bomb, Content_Encoding="gzip"),
            limits=FetchLimits(max_bytes=2_000_000),
        )


def test_a_page_that_is_too_large(site: Site) -> None:
    with pytest.raises(SourceUnreadable, match=r"larger than 0\.01 MB"):
        fetch(site.page("/large", b"x" * 20_000), limits=FetchLimits(max_bytes=10_000))


@pytest.mark.parametrize("coding", ["br", "zstd", "gzip, gzip"])
def test_a_compression_that_was_not_asked_for(site: Site, coding: str) -> None:
    with pytest.raises(SourceUnreadable, match="compression"):
        fetch(site.page("/x", b"x", Content_Encoding=coding))


def test_broken_compressed_data(site: Site) -> None:
    with pytest.raises(SourceUnreadable, match="broken"):
        fetch(site.page("/x", b"no gzip", Content_Encoding="gzip"))


def test_a_server_that_drips_is_left_when_the_time_is_over(site: Site) -> None:
    released = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while not released.wait(0.02):
            try:
                handler.wfile.write(b"x")
            except OSError:
                return

    site.answers["/drip"] = drip
    with pytest.raises(SourceUnreadable, match=r"longer than 0\.3 s"):
        fetch(site.base + "/drip", obey_robots=False, limits=FetchLimits(total_s=0.3))
    released.set()


def test_a_resolver_that_never_answers(site: Site) -> None:
    released = threading.Event()

    def silent(host: str, port: int) -> list[str]:
        released.wait(20)
        raise OSError(host, port)

    with pytest.raises(SourceUnreadable):
        fetch(site.base + "/", resolver=silent, limits=FetchLimits(total_s=0.2))
    released.set()


def test_robots_txt_is_obeyed_unless_the_caller_says_otherwise(site: Site) -> None:
    site.page(
        "/robots.txt",
        b"User-agent: *\nDisallow: /private/*.html\nAllow: /",
        Content_Type="text/plain",
    )
    closed, opened = site.page("/private/a.html"), site.page("/open.html")
    with pytest.raises(SourceUnreadable, match=r"robots\.txt"):
        fetch(closed)
    assert "/private/a.html" not in site.asked
    assert fetch(opened) == STORY
    assert fetch(closed, obey_robots=False) == STORY


def test_robots_txt_with_many_stars_holds_nobody_up(site: Site) -> None:
    """Forty bytes took Protego before 0.7 for ever, and no thread of the process ran meanwhile:
    asked for in a process of its own, that can be killed."""
    site.page("/robots.txt", b"User-agent: *\nDisallow: /*a*a*a*a*a*a*a*a*a*a*a*ab")
    address = site.page("/" + "a" * 80).replace("news.example", "127.0.0.1")
    program = (
        "import sys; from reader.article.fetch import fetch_page\n"
        "page = fetch_page(sys.argv[1], allows=lambda address: address == '127.0.0.1')\n"
        "sys.stdout.buffer.write(page.content)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, address], capture_output=True, timeout=60, check=True
    )
    assert done.stdout == STORY


def test_robots_txt_that_names_us_and_one_in_trouble(site: Site) -> None:
    url = site.page("/story")
    site.page("/robots.txt", b"User-agent: tingwen\nDisallow: /\n\nUser-agent: *\nAllow: /")
    with pytest.raises(SourceUnreadable, match=r"robots\.txt"):
        fetch(url)
    site.page("/robots.txt", b"", 503)
    with pytest.raises(SourceUnreadable, match=r"robots\.txt"):
        fetch(url)
    site.page("/robots.txt", b"# " + b"x" * 900_000 + b"\nUser-agent: *\nDisallow: /")
    assert fetch(url) == STORY


@pytest.mark.parametrize(
    ("status", "error", "words"),
    [
        (404, SourceUnreadable, "404"),
        (403, SourceUnreadable, "403"),
        (500, SourceUnreadable, "500"),
        (401, LoginPage, "sign in"),
    ],
)
def test_refusals_of_the_server(
    site: Site, status: int, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words) as caught:
        fetch(site.page("/no", b"no", status))
    assert "\n" not in str(caught.value)


def test_what_is_no_text_is_refused(site: Site) -> None:
    with pytest.raises(SourceUnreadable, match="application/pdf"):
        fetch(site.page("/a.pdf", b"%PDF", Content_Type="application/pdf"))


@pytest.mark.parametrize(
    "url",
    ["http://", "http://user:secret@news.example/", "http://news.example:99999/", "http://[::zz]/"],
)
def test_addresses_that_cannot_be_fetched(url: str) -> None:
    with pytest.raises(SourceUnreadable) as caught:
        fetch(url)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(SourceUnreadable, match="cannot be reached"):
        fetch(f"http://news.example:{port}/")
    with pytest.raises(SourceUnreadable, match="no address"):
        fetch("http://nowhere.example/")


@pytest.mark.parametrize("limits", [{"total_s": 0}, {"max_bytes": 0}, {"max_redirects": -1}])
def test_limits_are_checked(limits: dict[str, int]) -> None:
    with pytest.raises(BadOptions):
        FetchLimits(**limits)
