"""Sockets that the service listens on, opened before anything else is."""

from __future__ import annotations

import errno
import os
import socket
from contextlib import suppress
from typing import Any, Final

from reader.errors import BadOptions, PortTaken

_BACKLOG: Final = 2048
_TAKES_A_PORT: Final[int] = getattr(socket, "SO_EXCLUSIVEADDRUSE", socket.SO_REUSEADDR)
"""Elsewhere SO_REUSEADDR only takes what a process before us has left; on Windows it would take a
port from who listens there, and this is the option that does not."""
_NOT_HERE: Final = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""Of one address of several, such as ::1 where IPv6 is off."""


def open_listeners(host: str, port: int) -> list[socket.socket]:
    """A listening socket for each address of `host`; port 0 is one that is free.

    Raises PortTaken, or BadOptions where host or port cannot be listened on.
    """
    opened: list[socket.socket] = []
    failure: OSError | None = None
    try:
        for family, address in _addresses(host, port):
            chosen = opened[0].getsockname()[1] if opened and not port else port
            try:
                opened.append(_listen(family, (address[0], chosen, *address[2:])))
            except OSError as error:
                if error.errno not in _NOT_HERE:
                    raise
                failure = error
        if not opened:
            raise failure or OSError(errno.EADDRNOTAVAIL, os.strerror(errno.EADDRNOTAVAIL))
    except OSError as error:
        close_all(opened)
        raise _translate(error, host, port) from error
    return opened


def close_all(sockets: list[socket.socket]) -> None:
    for one in sockets:
        with suppress(OSError):
            one.close()


def _addresses(host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
    if not 0 <= port <= 65535:
        raise BadOptions("port-bad", port=port)
    found = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    return list(dict.fromkeys((entry[0], tuple(entry[4])) for entry in found))


def _listen(family: int, address: tuple[Any, ...]) -> socket.socket:
    # Its protocol named, asyncio sends small answers at once (TCP_NODELAY), not 40 ms later.
    one = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        one.setsockopt(socket.SOL_SOCKET, _TAKES_A_PORT, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind(address)
        one.listen(_BACKLOG)
        one.setblocking(False)
    except BaseException:
        one.close()
        raise
    return one


def _translate(error: OSError, host: str, port: int) -> BadOptions | PortTaken:
    if error.errno == errno.EADDRINUSE:
        return PortTaken("port-taken", port=port, host=host)
    if error.errno == errno.EACCES:
        return BadOptions("port-not-allowed", port=port, host=host)
    return BadOptions("port-unusable", port=port, host=host, reason=error.strerror)
