"""The sockets of the service, its browser, and what it may fetch."""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from api.listening import close_all, open_listeners
from api.models import ArticleRequest
from api.settings import Settings
from api.work.script_builder import ScriptBuilder
from reader.errors import BadOptions, NotPublic, PortTaken
from reader.synthesis.observer import Observer
from tests.api.processes import serving
from tests.cluster.processes import until


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", ""])
def test_a_port_is_taken_once(host: str) -> None:
    first = open_listeners(host, 0)
    port = first[0].getsockname()[1]
    assert {one.getsockname()[1] for one in first} == {port}
    with pytest.raises(PortTaken, match=f"port {port}"):
        open_listeners(host, port)
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        close_all(first)
    close_all(open_listeners(host, port))


@pytest.mark.parametrize(
    ("host", "port"), [("192.0.2.1", 0), ("no such host", 0), ("127.0.0.1", -1), ("", 65536)]
)
def test_what_cannot_be_listened_on(host: str, port: int) -> None:
    with pytest.raises(BadOptions):
        open_listeners(host, port)


@pytest.mark.thorough
@pytest.mark.skipif(sys.platform == "win32", reason="the browser is a script")
@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_the_browser_is_opened_when_the_service_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{opened}"\n')
    browser.chmod(0o755)
    monkeypatch.setenv("BROWSER", f"{browser} %s")
    with serving(tmp_path, "--open", "--host", host) as service:
        until(lambda: opened.exists() and opened.read_text() != "", service.process)
        port = service.url.rsplit(":", 1)[1]
        assert opened.read_text() == f"http://127.0.0.1:{port}/\n"


async def test_pages_of_hosts_that_the_operator_allows() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/a" else 404)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.end_headers()
            self.wfile.write("老橋修復完工。".encode() if self.path == "/a" else b"")

        def log_message(self, *_: object) -> None:
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        request = ArticleRequest(url=f"http://127.0.0.1:{server.server_address[1]}/a")
        opened = ScriptBuilder(Settings(allow_hosts="cms.corp 127.0.0.0/8"), Observer())
        closed = ScriptBuilder(Settings(), Observer())
        try:
            assert (await opened.script(request)).utterances
            with pytest.raises(NotPublic):
                await closed.script(request)
        finally:
            opened.close()
            closed.close()
            await asyncio.to_thread(server.shutdown)
            thread.join()
