"""Addresses of inner networks, spelled in every way that somebody tried or could: none is asked."""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import Final

import pytest

from reader.article.addresses import is_public
from reader.article.fetch import FetchLimits, fetch_page
from reader.errors import SourceUnreadable
from tests.attacks.kinds import at_least
from tests.fuzzing import chance_of

INNER_4: Final = (
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
    "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
)  # fmt: skip
INNER_6: Final = (
    "::/128", "::1/128", "64:ff9b:1::/48", "100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16",
    "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
)  # fmt: skip
FAMOUS: Final = (
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.0.0.7", "172.16.0.1", "192.168.1.1", "169.254.169.254",
    "100.100.100.200", "192.0.0.192",
)  # fmt: skip
FAMOUS_6: Final = ("::1", "::", "fe80::1", "fd00:ec2::254", "fec0::1", "ff02::1", "3fff::1")


def by_chance(network: str, number: int) -> str:
    """An address of a network: its ends first."""
    net = ipaddress.ip_network(network)
    last = net.num_addresses - 1
    offset = (0, last)[number] if number < 2 else chance_of(number, network).randint(0, last)
    return str(net[offset])


def inside_of_6(inner: str) -> Iterator[str]:
    """IPv6 addresses in which an inner IPv4 address is carried."""
    number = int(IPv4Address(inner))
    yield f"::ffff:{inner}"
    yield f"::{inner}"
    yield str(IPv6Address(0x2002 << 112 | number << 80))  # 6to4
    yield str(IPv6Address(0x64FF9B << 96 | number))  # NAT64
    yield str(IPv6Address(0x20010000 << 96 | (number ^ 0xFFFFFFFF)))  # Teredo


def spelled(inner: str) -> Iterator[str]:
    """Ways to write an IPv4 address as a host."""
    a, b, c, d = (int(part) for part in inner.split("."))
    number = int(IPv4Address(inner))
    yield inner
    yield f"{inner}."
    yield f"user:word@{inner}"
    yield f"news.example@{inner}"
    yield f"news.example%40@{inner}"
    yield str(number)
    yield hex(number)
    yield f"0{number:o}"
    yield f"{a}.{(b << 16) + (c << 8) + d}"
    yield f"{a}.{b}.{(c << 8) + d}"
    yield ".".join(hex(part) for part in (a, b, c, d))
    yield ".".join(f"0{part:o}" for part in (a, b, c, d))
    yield ".".join(f"{part:03}" for part in (a, b, c, d))
    yield inner.replace(".", "。")
    yield inner.replace(".", "．")
    yield inner.translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    yield inner.replace(".", "%2e")
    for carrier in inside_of_6(inner):
        yield f"[{carrier}]"


def written(port: int) -> list[str]:
    """Whole addresses."""
    found = [f"http://{host}:{port}/latest/" for inner in FAMOUS for host in spelled(inner)]
    found += [f"http{s}://[{inner}]:{port}/" for inner in FAMOUS_6 for s in ("", "s")]
    found += [f"http://[{inner}%25eth0]:{port}/" for inner in FAMOUS_6]
    found += [f"http://localhost{end}:{port}/" for end in ("", ".", "%00", "%2e", "\\@x", "#@x")]
    return found


@pytest.mark.parametrize("network", [*INNER_4, *INNER_6])
def test_no_address_of_an_inner_network_is_public(network: str) -> None:
    for number in range(20):
        address = by_chance(network, number)
        assert not is_public(address), address
        for carrier in inside_of_6(address) if ":" not in address else ():
            assert not is_public(carrier), (address, carrier)


def test_these_are_more_than_were_tried() -> None:
    assert at_least("is_public", 20 * (len(INNER_4) * 6 + len(INNER_6)))
    assert at_least("addresses", len(written(80)))


@pytest.fixture
def canary() -> Iterator[tuple[int, list[str]]]:
    """A port of this machine, and who connected to it."""
    heard: list[str] = []
    listening = socket.create_server(("", 0))

    def listen() -> None:
        while True:
            try:
                connection, peer = listening.accept()
            except OSError:
                return
            heard.append(str(peer))
            connection.close()

    thread = threading.Thread(target=listen, daemon=True)
    thread.start()
    yield listening.getsockname()[1], heard
    listening.shutdown(socket.SHUT_RDWR)
    listening.close()
    thread.join()


@pytest.mark.thorough
def test_no_spelling_leads_inside(
    canary: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names are resolved as this machine does, but none is asked of the network."""
    real = socket.getaddrinfo

    def numeric(host: str, port: int, **more: int) -> object:
        if str(host).rstrip(".") == "localhost":
            host = "127.0.0.1"
        return real(host, port, type=more["type"], flags=socket.AI_NUMERICHOST)

    monkeypatch.setattr(socket, "getaddrinfo", numeric)
    port, called = canary
    for url in written(port):
        with pytest.raises(SourceUnreadable) as caught:
            fetch_page(url, limits=FetchLimits(total_s=5))
        assert "\n" not in str(caught.value), url
    assert called == []
