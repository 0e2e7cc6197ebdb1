"""Fetching through a proxy that the operator set, and hosts that were opened: real sockets, a
proxy and a site on this machine. The proxy alone knows what names lead to."""

from __future__ import annotations

import base64
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.article import load_source
from reader.article.access import Access, hosts_of
from reader.article.fetch import fetch_page
from reader.article.proxies import parse_proxy, proxy_for
from reader.errors import BadOptions, NotPublic, SourceUnreadable, Unreachable
from tests.article.test_fetch import STORY, Site, resolver

NAMES = ("news.example", "other.example", "cms.corp", "wiki")


class Proxy:
    """An HTTP proxy that sends NAMES to the site's port; `asked` lists what was asked of it."""

    def __init__(self, auth: str = "") -> None:
        self.asked: list[str] = []
        self.auth = auth
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def do_CONNECT(self) -> None:
                if not proxy.lets_in(self):
                    return
                host, port = self.path.rsplit(":", 1)
                if host not in NAMES:
                    self.send_error(502, "no such host")
                    return
                with socket.create_connection(("127.0.0.1", int(port))) as beyond:
                    self.send_response(200)
                    self.end_headers()
                    there = threading.Thread(target=pump, args=(self.connection, beyond))
                    there.start()
                    pump(beyond, self.connection)
                    there.join()
                self.close_connection = True

            def do_GET(self) -> None:
                if not proxy.lets_in(self):
                    return
                url = httpx.URL(self.path)
                if url.host not in NAMES:
                    self.send_error(502, "no such host")
                    return
                answer = httpx.get(url.copy_with(host="127.0.0.1"), trust_env=False)
                self.send_response(answer.status_code)
                for name, value in answer.headers.items():
                    if name not in ("date", "server"):
                        self.send_header(name, value)
                self.end_headers()
                self.wfile.write(answer.content)

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def lets_in(self, handler: BaseHTTPRequestHandler) -> bool:
        self.asked.append(f"{handler.command} {handler.path}")
        wanted = f"Basic {base64.b64encode(self.auth.encode()).decode()}"
        if self.auth and handler.headers.get("Proxy-Authorization") != wanted:
            handler.send_error(407)
            return False
        return True


def pump(source: socket.socket, sink: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            sink.sendall(data)
        sink.shutdown(socket.SHUT_WR)
    except OSError:
        return


def serving(server: ThreadingHTTPServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    made.page("/robots.txt", b"", 404)
    for _ in serving(made.server):
        yield made


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Proxy]:
    made = Proxy()
    monkeypatch.setenv("HTTP_PROXY", made.url)
    monkeypatch.setenv("HTTPS_PROXY", made.url)
    for _ in serving(made.server):
        yield made


@pytest.fixture
def tls_site(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    """The site over HTTPS, under a certificate that this process trusts."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl makes the certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    names = ",".join(f"DNS:{name}" for name in NAMES)
    make = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    make += ["-nodes", "-days", "2"]
    make += ["-keyout", str(key), "-out", str(certificate)]
    make += ["-subj", "/CN=test", "-addext", f"subjectAltName={names}"]
    subprocess.run(make, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    site.server.socket = context.wrap_socket(site.server.socket, server_side=True)
    site.base = site.base.replace("http:", "https:")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return site


def no_names(host: str, port: int) -> list[str]:
    """A network without a resolver for names, as offices have."""
    if host.replace(".", "").isdigit():
        return [host]
    raise OSError(f"no such name: {host}:{port}")


def fetch(url: str, access: Access | None = None) -> bytes:
    return fetch_page(url, resolver=no_names, access=access or Access()).content


def test_a_page_comes_through_the_proxy_and_the_proxy_resolves(site: Site, proxy: Proxy) -> None:
    url = site.page("/story")
    assert fetch(url) == STORY
    assert proxy.asked == [f"GET {site.base}/robots.txt", f"GET {url}"]


def test_https_goes_through_a_tunnel(tls_site: Site, proxy: Proxy) -> None:
    assert fetch(tls_site.page("/story")) == STORY
    assert set(proxy.asked) == {f"CONNECT news.example:{tls_site.port}"}
    assert tls_site.asked == ["/robots.txt", "/story"]


def test_redirects_are_judged_through_the_proxy_as_well(tls_site: Site, proxy: Proxy) -> None:
    tls_site.page("/story")
    other = f"https://other.example:{tls_site.port}"
    moved = tls_site.page("/moved", b"", 302, Location=f"{other}/story")
    assert fetch(moved) == STORY
    for inside in (
        "http://printer.local/",
        "http://10.0.0.7/",
        "https://cms.corp/",
        "http://wiki/",
    ):
        url = tls_site.page("/inside", b"", 302, Location=inside)
        before = len(proxy.asked)
        with pytest.raises(NotPublic):
            fetch(url)
        assert [line for line in proxy.asked[before:] if "news.example" not in line] == []


@pytest.mark.parametrize("lower", [True, False])
def test_variables_in_capitals_or_not(
    site: Site, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, lower: bool
) -> None:
    monkeypatch.delenv("HTTP_PROXY")
    monkeypatch.setenv("http_proxy" if lower else "HTTP_PROXY", proxy.url.removeprefix("http://"))
    assert fetch(site.page("/story")) == STORY
    assert proxy.asked


@pytest.mark.parametrize("without", ["news.example", ".example", "example", "*", "a.b, .example"])
def test_no_proxy_is_asked_directly_and_guarded(
    site: Site, proxy: Proxy, monkeypatch: pytest.MonkeyPatch, without: str
) -> None:
    monkeypatch.setenv("NO_PROXY", without)
    url = site.page("/story")
    page = fetch_page(url, resolver=resolver, allows=lambda address: address == "127.0.0.1")
    assert page.content == STORY
    with pytest.raises(NotPublic):
        fetch_page(url, resolver=resolver)
    assert proxy.asked == []


@pytest.mark.parametrize(
    ("host", "without", "is_direct"),
    [
        ("10.1.2.3", "10.0.0.0/8", True),
        ("10.1.2.3", "192.168.0.0/16,10.1.2.3", True),
        ("news.example", "ws.example", False),
        ("news.example", "news.example:8080", False),
        ("news.example", "news.example:443", True),
        ("localhost", "", True),
        ("a.localhost", "", True),
        ("127.0.0.1", "", True),
        ("[::1]", "", True),
        ("8.8.8.8", "", False),
    ],
)
def test_who_is_asked_directly(
    monkeypatch: pytest.MonkeyPatch, host: str, without: str, is_direct: bool
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.corp:3128")
    monkeypatch.setenv("NO_PROXY", without)
    assert (proxy_for("https", host, None) is None) == is_direct


INSIDE = """\
    http://10.0.0.1/ http://192.168.1.1/ http://169.254.169.254/latest/ http://[fd00::1]/
    http://0x0a000001/ http://167772161/ http://10.1/ http://012.0.0.1/ http://[::ffff:10.0.0.1]/
    http://wiki/ http://printer.local/ http://metadata.google.internal/ http://x.home.arpa/
    http://nas.lan/ http://cms.corp/ http://CMS.Corp./ http://a.localdomain/ http://1.2.3.4.5/
    http://10.0.0.1./ http://x.0x7f/
"""


@pytest.mark.parametrize("url", INSIDE.split())
def test_names_and_addresses_inside_never_reach_the_proxy(proxy: Proxy, url: str) -> None:
    with pytest.raises(SourceUnreadable):
        fetch(url)
    assert proxy.asked == []


@given(st.integers(0, 2**32 - 1), st.sampled_from(["{}", "{:#x}", "{:#o}"]))
def test_however_an_address_is_written_it_is_judged_as_an_address(number: int, form: str) -> None:
    dotted = socket.inet_ntoa(number.to_bytes(4, "big"))
    written = form.format(number).replace("0o", "0")
    assert Access().allows_by_name(written) == Access().allows_by_name(dotted)


def test_a_proxy_that_wants_a_password(
    site: Site, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy.auth = "王:pa:ss"
    url = site.page("/story")
    with pytest.raises(Unreachable, match="user name and password"):
        fetch(url)
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//%E7%8E%8B:wrong@"))
    with pytest.raises(Unreachable) as caught:
        fetch(url)
    assert "wrong" not in str(caught.value)
    monkeypatch.setenv("HTTP_PROXY", proxy.url.replace("//", "//%E7%8E%8B:pa%3Ass@"))
    assert fetch(url) == STORY


def test_a_tunnel_that_is_refused_and_a_proxy_that_is_not_there(
    proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(Unreachable, match="through the proxy"):
        fetch("https://nowhere.example/")
    with pytest.raises(Unreachable, match="502"):
        fetch("http://nowhere.example/")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:secret@127.0.0.1:{port}")
    with pytest.raises(Unreachable, match=f"127.0.0.1:{port} cannot be reached") as caught:
        fetch("https://news.example/")
    assert "secret" not in str(caught.value)
    assert len(proxy.asked) == 2


@pytest.mark.parametrize("text", ["socks5://127.0.0.1:1080", "http://", "http://[::zz]:1", "a:b:c"])
def test_proxies_that_cannot_work(text: str) -> None:
    with pytest.raises(BadOptions):
        parse_proxy(text)


def test_hosts_that_were_opened(site: Site) -> None:
    url = site.page("/story").replace("news.example", "127.0.0.1")
    for access in (Access(private=True), Access(hosts=("127.0.0.0/8",))):
        assert load_source(url, access=access).content == STORY
    named = site.page("/story").replace("news.example", "cms.corp")

    def office(host: str, port: int) -> list[str]:
        return ["127.0.0.1"] if host == "cms.corp" else no_names(host, port)

    for hosts in ("cms.corp", ".corp", "*.corp", "x.y 127.0.0.1", "CMS.corp."):
        access = Access(hosts=hosts_of(hosts))
        assert fetch_page(named, resolver=office, access=access).content == STORY
    for hosts in ("ms.corp", "corp", "10.0.0.0/8", ".cms.corp"):
        with pytest.raises(NotPublic):
            fetch_page(named, resolver=office, access=Access(hosts=hosts_of(hosts)))


def test_an_opened_host_is_asked_through_the_proxy(site: Site, proxy: Proxy) -> None:
    for name in ("cms.corp", "wiki"):
        url = site.page("/story").replace("news.example", name)
        assert fetch(url, Access(private=True)) == STORY
        assert fetch(url, Access(hosts=(name,))) == STORY
    assert len(proxy.asked) == 8


@pytest.mark.parametrize("address", ["169.254.169.254", "100.100.100.200", "fd00:ec2::254"])
def test_metadata_stays_closed(address: str) -> None:
    hosts = ("169.254.0.0/16", "fd00::/8", "100.64.0.0/10", "cms.corp")
    for access in (Access(private=True), Access(hosts=hosts)):
        assert not access.allows("cms.corp", address)
        assert not access.allows_by_name(address)


@pytest.mark.parametrize("host", ["", "a b", "cms.corp:80", "http://cms.corp", "10", "1.2.3", "-"])
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(BadOptions):
        Access(hosts=(host,))
