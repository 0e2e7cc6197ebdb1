"""A network between a client and a server of this machine that can be made bad."""

from __future__ import annotations

import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

_BODY: Final = b"""<?xml version="1.0" encoding="UTF-8"?>
<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>"""
_SLOW_DOWN: Final = (
    b"HTTP/1.1 503 Slow Down\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(_BODY)
) + _BODY


class BadNetwork(socketserver.ThreadingTCPServer):
    """WorkerContext on the bytes of each connection, but for what it is told to do to new ones."""

    daemon_threads = True

    def __init__(self, to: str) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        parts = urlsplit(to)
        self.to = (str(parts.hostname), int(parts.port or 80))
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}"
        self.ending = threading.Event()
        self.delay_s = 0.0
        """Before the first byte of each connection is handed on."""
        self.n_to_slow_down = 0
        """Connections that are answered with 503 SlowDown, as a bucket throttles."""
        self.cut_after = 1 << 60
        """Bytes of answers on each connection after which it breaks off."""


class _Connection(socketserver.BaseRequestHandler):
    server: BadNetwork

    def handle(self) -> None:
        with suppress(OSError):
            if self.server.n_to_slow_down > 0:
                self.server.n_to_slow_down -= 1
                self.request.recv(65_536)
                self.request.sendall(_SLOW_DOWN)
            elif not self.server.ending.wait(self.server.delay_s):
                with closing(socket.create_connection(self.server.to)) as onward:
                    forth = threading.Thread(
                        target=_pump, args=(self.request, onward, 1 << 60), daemon=True
                    )
                    forth.start()
                    _pump(onward, self.request, self.server.cut_after)
                    for end in (self.request, onward):
                        with suppress(OSError):
                            end.shutdown(socket.SHUT_RDWR)
                    forth.join()


def _pump(source: socket.socket, sink: socket.socket, most: int) -> None:
    with suppress(OSError):
        while most > 0 and (data := source.recv(min(most, 65_536))):
            sink.sendall(data)
            most -= len(data)


@contextmanager
def bad_network(to: str) -> Iterator[BadNetwork]:
    """One in front of the server at `to`."""
    with BadNetwork(to) as network:
        thread = threading.Thread(target=network.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield network
        finally:
            network.ending.set()
            network.shutdown()
            thread.join()
